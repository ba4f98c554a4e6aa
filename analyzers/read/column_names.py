"""The names that columns usually have, in English and French, and the fields that they hold."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

_SYNONYMS: dict[str, tuple[str, ...]] = {
    "post_id": ("tweetid", "statusid", "postid", "messageid", "idstr", "iddutweet", "idtweet",
                "idmessage", "uri", "id"),
    "text": ("fulltext", "text", "tweettext", "content", "rawcontent", "body", "tweet", "message",
             "texte", "contenu", "hitsentence"),
    "handle": ("screenname", "userscreenname", "username", "userusername", "authorusername",
               "fromusername", "handle", "userhandle", "author", "auteur", "compte", "pseudo",
               "account", "utilisateur"),
    "account_id": ("userid", "authorid", "accountid", "useridstr", "fromuserid", "userdid", "did",
                   "idauteur", "idcompte"),
    "display_name": ("displayname", "fullname", "authorname", "authorfullname", "userdisplayname",
                     "name", "nom"),
    "time": ("timestamputc", "createdat", "tweettime", "publishdate", "published", "publishedat",
             "datetime", "timestamp", "unixtimestamp", "datedepublication", "horodatage", "date",
             "heure", "time"),
    "language": ("lang", "language", "langue", "tweetlanguage", "languageguess"),
    "client": ("tweetclientname", "client", "sourcename", "sourcelabel", "application", "source",
               "via"),
    "account_created": ("accountcreatedat", "usercreatedat", "accountcreationdate", "joindate",
                        "datedecreation", "datecreationcompte", "authorcreatedat"),
    "profile_language": ("accountlang", "accountlanguage", "userlang", "fromuserlang",
                         "languecompte"),
    "bio": ("userdescription", "description", "bio", "biographie", "userprofiledescription"),
    "location": ("userlocation", "location", "lieu", "localisation"),
    "followers": ("followerscount", "followercount", "userfollowers", "followers", "abonnes",
                  "nbabonnes"),
    "following": ("friendscount", "followingcount", "userfriends", "friends", "following",
                  "abonnements"),
    "account_posts": ("statusescount", "usertweets", "nbtweets"),
    "reply_to_post": ("inreplytostatusidstr", "inreplytostatusid", "inreplytotweetid",
                      "replytostatusid", "inreplytoid", "totweetid", "parenttweetid"),
    "reply_to_account": ("inreplytouseridstr", "inreplytouserid", "replytouserid", "touserid"),
    "reply_to_handle": ("inreplytoscreenname", "inreplytousername", "replytoscreenname",
                        "tousername", "inreplyto", "replyto", "enreponsea"),
    "quoted_post": ("quotedstatusidstr", "quotedstatusid", "quotedid", "quotetweetid"),
    "reposted_post": ("retweetedid", "retweetstatusid", "retweettweetid", "retweetedstatusid",
                      "retweetid"),
    "reposted_handle": ("retweeteduser", "retweetscreenname", "userrt"),
    "is_repost": ("isretweet", "isrepost", "retweet", "rt"),
    "mentioned_ids": ("mentionedids", "mentionsuserid"),
    "mentioned_handles": ("mentions", "mentionednames", "mentionsscreenname", "usermentions"),
    "hashtags": ("hashtags", "hashtag"),
    "urls": ("urls", "links", "liens", "outlinks", "urlsexpandedurl"),
    "media": ("mediaurl", "mediaurls", "media", "medias"),
    "likes": ("likecount", "favoritecount", "likescount", "likes", "favorites"),
    "reposts": ("retweetcount", "retweetscount", "retweets", "repostcount", "partages"),
    "replies": ("replycount", "repliescount", "replies", "reponses"),
}  # fmt: skip
"""Column names, folded: lower case, without accents, spaces and signs. Surest name first."""


def folded(name: str) -> str:
    """A column name in lower case, without accents, spaces and signs.

    >>> folded("Date de publication"), folded("user_screen_name")
    ('datedepublication', 'userscreenname')
    """
    letters = unicodedata.normalize("NFKD", name.lower())
    return "".join(letter for letter in letters if letter.isalnum())


def columns_of(header: Sequence[str]) -> dict[str, str]:
    """Which column holds which field, by name; a column serves one field."""
    known = {folded(name): name for name in reversed(header)}
    columns: dict[str, str] = {}
    for field, names in _SYNONYMS.items():
        for name in names:
            if name in known and known[name] not in columns.values():
                columns[field] = known[name]
                break
    return columns
