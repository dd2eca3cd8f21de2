"""§14: the worked example of the specification."""

from ssj_core.draw import Selection, select, ticket
from ssj_core.entropy import text as text_source
from ssj_core.seed import key, seed
from ssj_core.strata import quotas
from tests.vectors.sections.commitments import EXAMPLE, commitment_case
from tests.vectors.sections.quotas import class_case, draw_class
from tests.vectors.sections.shared import Case


def example() -> Case:
    """Everything that follows from `EXAMPLE`."""
    sealed = commitment_case("example", "")
    entropy = f"text:{text_source.canonical(EXAMPLE['entropy_raw'])}"
    value = seed(sealed["commitment"], [entropy])
    k = key(value, EXAMPLE["draw_id"], "subject", EXAMPLE["scope"])
    ids_of: dict[str, list[str]] = {name: [] for name, _ in EXAMPLE["classes"]}
    for subject, stratum in EXAMPLE["subjects"]:
        ids_of[stratum].append(subject)
    classes = [draw_class(class_case(n, r, EXAMPLE["rounding"])) for n, r in EXAMPLE["classes"]]
    found = quotas(classes, {n: len(members) for n, members in ids_of.items()}, "each")
    chosen = [select(k, q.stratum, ids_of[q.stratum], q.quota, EXAMPLE["reserve"]) for q in found]
    return {
        "name": "worked-example",
        "comment": "worked_example.sh computes the same with printf, sort and sha256sum",
        **EXAMPLE,
        "subject_lines": sealed["subject_lines"],
        "officer_lines": sealed["officer_lines"],
        "subjects_root": sealed["subjects_root"],
        "officers_root": sealed["officers_root"],
        "plan_digest": sealed["plan_digest"],
        "rules_digest": sealed["rules_digest"],
        "commitment": sealed["commitment"],
        "sm3": sealed["sm3"],
        "entropy": [entropy],
        "seed": value,
        "key": k,
        "tickets": {subject: ticket(k, subject) for subject, _ in EXAMPLE["subjects"]},
        "quotas": [[q.stratum, q.size, q.quota] for q in found],
        "selections": [_selection(s) for s in chosen],
    }


def _selection(chosen: Selection) -> Case:
    return {
        "stratum": chosen.stratum,
        "drawn": [t.id for t in chosen.drawn],
        "reserve": [t.id for t in chosen.reserve],
        "cut": chosen.cut,
    }
