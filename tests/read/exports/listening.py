"""Writes samples as tables that hold little of X: listening services, releases, and home-made."""

from __future__ import annotations

from collections.abc import Mapping
from time import gmtime, strftime

from analyzers.simulate.campaign import Post
from analyzers.simulate.v1 import language_code
from tests.read.exports.sample import NO_PROFILE, Export, Sample, carries
from tests.read.exports.tables import FEW, Row, address, csv_of, escaped, spaced, table


def _meltwater(found: Sample, post: Post) -> Row:
    author = found.author(post)
    return {
        "Date": strftime("%d-%b-%Y %I:%M%p", gmtime(post.created_at)),
        "URL": address(found, post),
        "Opening Text": "",
        "Hit Sentence": post.text,
        "Source": "Twitter",
        "Influencer": f"@{author.handle.lower()}",
        "Language": language_code(post.language),
        "Tweet Id": f'"{post.post_id}"',
        "Twitter Id": f'"{author.account_id}"',
        "Twitter Client": post.client,
        "Twitter Screen Name": author.display_name,
        "User Profile Url": f"https://twitter.com/{author.handle}",
        "Twitter Bio": author.bio,
        "Twitter Followers": author.followers,
        "Twitter Following": author.following,
        "Likes": post.likes,
        "Retweets": post.reposts,
        "Replies": post.replies,
    }


def _brandwatch(found: Sample, post: Post) -> Row:
    author = found.author(post)
    original = found.context.get(post.reposted_post or post.quoted_post or "")
    types = {"repost": "share", "quote": "quote", "reply": "reply"}
    return {
        "Query Id": 1,
        "Date": spaced(post.created_at) + ".0",
        "Full Text": post.text,
        "Url": f"http://twitter.com/{author.handle}/statuses/{post.post_id}",
        "Page Type": "twitter",
        "Language": language_code(post.language),
        "Author": author.handle,
        "Full Name": f"{author.handle} ({author.display_name})",
        "Thread URL": address(found, original) if original else "",
        "Thread Entry Type": types.get(post.kind, ""),
        "Reply To": f"https://twitter.com/{found.handle(post.reply_to_account)}/status/5"
        if post.reply_to_account
        else "",
        "Twitter Author ID": author.account_id,
        "Twitter Followers": author.followers,
        "Twitter Following": author.following,
        "Twitter Tweets": author.posts,
        "Twitter Reply Count": post.replies,
        "Twitter Retweets": post.reposts,
        "Twitter Likes": post.likes,
        "Insights Hashtag": ", ".join(f"#{one}" for one in post.hashtags),
        "Insights Mentioned": ", ".join(f"@{one}" for one in found.handles(post)),
        "Expanded URLs": ", ".join(post.urls),
    }


def _brandwatch_files(found: Sample) -> Mapping[str, bytes]:
    above = b"\xef\xbb\xbfReport:,Clowns\r\nBrand:,\r\nFrom:,\r\nTo:,\r\nLabel:,\r\n\r\n"
    return {"mentions.csv": above + csv_of([_brandwatch(found, post) for post in found.posts])}


def _talkwalker(found: Sample, post: Post) -> Row:
    author = found.author(post)
    return {
        "url": f"http://twitter.com/{author.handle}/statuses/{post.post_id}",
        "published": post.created_at * 1000,
        "content": post.text,
        "lang": language_code(post.language),
        "tokens_mention": "|".join(f"@{one}" for one in found.handles(post)),
        "tokens_hashtag": "|".join(f"#{one}" for one in post.hashtags),
        "extra_author_attributes.id": f"ex:twitter.com-{author.account_id}",
        "extra_author_attributes.name": author.display_name,
        "extra_author_attributes.short_name": author.handle.lower(),
        "article_extended_attributes.twitter_likes": post.likes,
        "article_extended_attributes.twitter_retweets": post.reposts,
        "article_extended_attributes.num_comments": post.replies,
        "source_extended_attributes.twitter_followers": author.followers,
    }


def _french(found: Sample, post: Post) -> Row:
    author = found.author(post)
    return {
        "Id du tweet": post.post_id,
        "Auteur": f"@{author.handle}",
        "Nom": author.display_name,
        "Texte": post.text,
        "Horodatage": strftime("%d/%m/%Y %H:%M:%S", gmtime(post.created_at)),
        "Langue": language_code(post.language),
        "Application": post.client,
        "Abonnés": author.followers,
    }


def _of_538(found: Sample, post: Post) -> Row:
    author = found.author(post)
    return {
        "external_author_id": f"{int(author.account_id):.2E}",
        "author": author.handle.upper(),
        "content": escaped(post.text),
        "region": "Unknown",
        "language": "French",
        "publish_date": strftime("%m/%d/%Y %H:%M", gmtime(post.created_at)),
        "following": author.following,
        "followers": author.followers,
        "updates": author.posts,
        "post_type": "RETWEET" if post.kind == "repost" else "",
        "retweet": int(post.kind == "repost"),
        "account_category": "LeftTroll",
    }


LISTENING = {
    "meltwater": Export(
        "meltwater",
        table(_meltwater, "\t", "utf-16"),
        carries("mentions", "hashtags", "urls", *FEW, "accounts.created_at", "accounts.location",
                "accounts.posts"),
        minutes=True,
    ),
    "brandwatch": Export(
        "brandwatch",
        _brandwatch_files,
        carries("client", "accounts.created_at", "accounts.bio", "accounts.location"),
        frozenset({"mentions", "reply_to_account", "reposted_account"}),
    ),
    "talkwalker": Export(
        "talkwalker",
        table(_talkwalker, ";"),
        carries("client", "urls", *FEW, *NO_PROFILE, also="accounts.followers"),
        frozenset({"mentions"}),
    ),
    "generic in French": Export(
        "generic",
        table(_french, ";", "utf-8-sig"),
        frozenset(
            {"text", "created_at", "language", "client", "accounts.display_name",
             "accounts.followers"}
        ),
    ),
    "ira538": Export(
        "ira538",
        table(_of_538),
        frozenset({"text", "created_at", "accounts.followers", "accounts.following"}),
        minutes=True,
        ids=False,
    ),
}  # fmt: skip
