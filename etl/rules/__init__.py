"""Rules over whole records, as data: id, severity, sentence and SQL of each.

The data dictionary lists them; ``validate`` applies them. Rules about single cells stand in
``findings``.
"""

from etl.rules.classes import CLASSES
from etl.rules.keys import KEYS
from etl.rules.records import RECORDS
from etl.rules.referrals import REFERRALS
from etl.rules.rule import Rule
from etl.rules.voyages import VOYAGES

RULES: tuple[Rule, ...] = (*KEYS, *RECORDS, *CLASSES, *REFERRALS, *VOYAGES)

__all__ = ["RULES", "Rule"]
