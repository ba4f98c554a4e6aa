"""Every step, in the order of the thread. A new step is one file and one line here."""

from __future__ import annotations

from analyzers.model.step import Step
from analyzers.steps.activation import Activation
from analyzers.steps.audience import Audience
from analyzers.steps.cadence import Cadence
from analyzers.steps.client import Client
from analyzers.steps.contradictions import Contradictions
from analyzers.steps.coverage import Coverage
from analyzers.steps.creation import Creation
from analyzers.steps.duplicates import Duplicates
from analyzers.steps.fate import Fate
from analyzers.steps.interests import Interests
from analyzers.steps.language_switch import LanguageSwitch
from analyzers.steps.languages import Languages
from analyzers.steps.network import Network
from analyzers.steps.other_targets import OtherTargets
from analyzers.steps.profile_language import ProfileLanguage
from analyzers.steps.template import Template
from analyzers.steps.timeline import Timeline
from analyzers.steps.topic_shift import TopicShift

STEPS: tuple[Step, ...] = (
    Coverage(),
    Template(),
    Client(),
    Creation(),
    ProfileLanguage(),
    Timeline(),
    Languages(),
    OtherTargets(),
    Interests(),
    Duplicates(),
    Contradictions(),
    LanguageSwitch(),
    Activation(),
    Cadence(),
    TopicShift(),
    Audience(),
    Network(),
    Fate(),
)
