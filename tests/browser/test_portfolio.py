"""The page of portfolio and certificate says what the record on the device holds, no more, and its file can be signed."""

import hashlib
import json
import re
from datetime import datetime, timezone

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from openbadgeslib.ob3 import OB3Signer, OB3VerificationError, OB3Verifier, OpenBadgeCredential

from bindery.site import SITE
from practicum.practice import chapter

STEM = "progress-monitoring"
ITEMS = list(chapter(STEM, SITE.parents[1] / "chapters" / STEM))
CHECKED = [item for item in ITEMS if item.kind not in ("write", "do")]


def remember(page, states, answer=()):
    """Put states of practice items into the record of this device, as practice.js keeps them."""
    page.evaluate("""([states, answer]) => Object.entries(states).forEach(([name, state]) =>
        localStorage.setItem("practicum:" + name, JSON.stringify({state, example: 0, answer})))""", [states, list(answer)])
    page.reload()


@pytest.fixture
def portfolio(page):
    page.goto((SITE / "book" / "portfolio.html").as_uri())
    return page


@pytest.fixture
def complete(portfolio):
    remember(portfolio, {item.name: "done" for item in ITEMS}, answer=["What I wrote about <b>K7</b>"])
    return portfolio


def certificate(page):
    return page.locator(".certificate").inner_text()


def evidence(page):
    with page.expect_download() as download:
        page.get_by_role("button", name="Save the evidence file").click()
    return json.loads(download.value.path().read_text(encoding="utf-8"))


def test_without_an_answer_there_is_nothing_to_certify(portfolio):
    assert "no answer on this device yet" in certificate(portfolio)
    assert portfolio.get_by_role("button", name="Print").is_disabled()


def test_a_begun_chapter_gives_a_record_and_no_certificate_of_completion(portfolio):
    remember(portfolio, {item.name: "done" for item in ITEMS[:-1]} | {ITEMS[-1].name: "tried"})
    assert "Record of practice" in certificate(portfolio) and "Certificate of completion" not in certificate(portfolio)
    assert evidence(portfolio)["credential"] is None


def test_the_certificate_counts_what_the_page_checked_apart_from_what_nobody_checked(complete):
    complete.get_by_label("Your name").fill("Aigerim <i>Test</i>")
    text = certificate(complete)
    assert "Certificate of completion" in text and "Aigerim <i>Test</i> has worked through" in text
    assert f"{len(CHECKED)} of {len(CHECKED)} right in the end" in text
    assert f"{len(ITEMS) - len(CHECKED)} of {len(ITEMS) - len(CHECKED)} done" in text
    assert f"{len(ITEMS)} items done, planned for {sum(item.minutes for item in ITEMS)} minutes" in text
    assert "no state qualification" in text and "checked by nobody" in text and "nobody checked the name" in text


def test_written_answers_stand_in_the_portfolio_only_when_asked_for(complete):
    assert "What I wrote" not in complete.locator(".portfolio").inner_text() and "What I wrote" not in json.dumps(evidence(complete))
    complete.get_by_label("Put my written answers in").check()
    assert "What I wrote about <b>K7</b>" in complete.locator(".portfolio-record").inner_text()
    assert "What I wrote" in json.dumps(evidence(complete))


def test_the_plan_stays_on_the_device_and_leaves_its_fingerprint(complete, tmp_path):
    plan = tmp_path / "plan.docx"
    plan.write_bytes(b"a plan")
    complete.get_by_label("Your finished action plan").set_input_files(plan)
    complete.get_by_text("was read for its fingerprint").wait_for()
    assert hashlib.sha256(b"a plan").hexdigest() in certificate(complete)
    assert evidence(complete)["plan"] == {"file": "plan.docx", "size": 6, "hash": hashlib.sha256(b"a plan").hexdigest()}


def test_name_and_answers_are_not_kept_on_the_device(complete):
    complete.get_by_label("Your name").fill("Aigerim Test")
    complete.reload()
    assert complete.get_by_label("Your name").input_value() == ""
    assert "Aigerim" not in complete.evaluate("JSON.stringify(localStorage)")


def test_an_organiser_can_complete_and_sign_the_credential_and_others_can_verify_it(complete):
    complete.get_by_label("Your name").fill("Айгерім Тест")
    found = evidence(complete)
    assert "not signed" in found["notice"] and {"issuer", "proof", "validFrom", "id"}.isdisjoint(found["credential"])
    issuer = "https://organiser.example"
    completed = {**found["credential"], "id": "urn:uuid:0b9ff0a3-4a3c-4e58-9a3e-1f2a6f1a0001",
                 "issuer": {"id": issuer, "type": ["Profile"], "name": "A test organiser"},
                 "validFrom": datetime(2026, 2, 12, tzinfo=timezone.utc).isoformat()}
    key = ec.generate_private_key(ec.SECP256R1())
    private = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    public = key.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    token = OB3Signer(private, "ES256").sign(OpenBadgeCredential.from_jwt_payload(completed))
    verified = OB3Verifier(public).verify(token)
    assert verified.identifiers[0].identity_hash == "Айгерім Тест" and verified.issuer.name == "A test organiser"
    assert "Progress monitoring" in verified.achievement.name and "No state qualification" in verified.achievement.description
    with pytest.raises(OB3VerificationError):
        OB3Verifier(public).verify(token[:-6] + ("AAAAAA" if token[-6:] != "AAAAAA" else "BBBBBB"))


def test_the_form_can_be_used_with_the_keyboard_and_axe_finds_no_fault(complete, axe):
    for scheme in ("light", "dark"):
        complete.emulate_media(color_scheme=scheme)
        complete.wait_for_timeout(400)
        assert axe(complete) == []
    complete.get_by_label("Your name").focus()
    for name in ("plan", "answers"):
        complete.keyboard.press("Tab")
        assert complete.evaluate("document.activeElement.dataset.part") == name


def test_on_paper_the_certificate_has_a_sheet_without_the_form(complete):
    complete.emulate_media(media="print")
    assert complete.locator(".certificate").is_visible() and not complete.locator(".portfolio-form").is_visible()
    assert not complete.get_by_role("heading", name=re.compile("What it is worth")).is_visible()
