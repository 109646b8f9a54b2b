/* Puts portfolio, certificate and evidence file together from the record that practice.js keeps on this device. */
(() => {
  "use strict";
  const root = document.querySelector("[data-portfolio]");
  const part = (name) => root.querySelector(`[data-part="${name}"]`);
  const { chapters, capstone, book, texts } = JSON.parse(part("data").textContent);
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (whole, name) => values[name]);
  const sum = (rows, value) => rows.reduce((total, row) => total + value(row), 0);
  let plan = null;

  // What was done

  const works = (() => { try { localStorage.getItem("practicum:"); return true; } catch { return false; } })();
  const read = () => chapters.map((chapter) => {
    const items = chapter.items.map((item) => {
      const { state, answer } = window.practicumPractice.recall(item.name);
      return { ...item, state, answer: item.written && answer ? String(answer[0]).trim() : "" };
    });
    const done = items.filter((item) => item.state === "done");
    return { ...chapter, items, done, complete: done.length === items.length && items.length > 0 };
  });
  const tally = (chapter, checked) => [chapter.done, chapter.items].map((items) => items.filter((item) => item.checked === checked).length);
  const nameOf = () => part("name").value.trim();
  const today = () => { const day = new Date(); return new Date(day - day.getTimezoneOffset() * 60000).toISOString().slice(0, 10); };

  // What is shown

  const make = (tag, text, ...children) => {
    const element = document.createElement(tag);
    if (text) element.textContent = text;
    element.append(...children);
    return element;
  };

  function table(caption, heads, rows) {
    const head = make("tr", "", ...heads.map((text) => Object.assign(make("th", text), { scope: "col" })));
    const lines = rows.map(([first, ...rest]) =>
      make("tr", "", Object.assign(make("th", first), { scope: "row" }), ...rest.map((text) => make("td", text))));
    return Object.assign(make("div", "", make("table", "", make("caption", caption), make("thead", "", head), make("tbody", "", ...lines))),
      { className: "scroll-x" });
  }

  function chapterRow(chapter) {
    const [checked, own] = [true, false].map((kind) => tally(chapter, kind));
    return [chapter.title, fill(texts.count, { done: checked[0], all: checked[1] }), fill(texts.ownCount, { done: own[0], all: own[1] }),
      String(sum(chapter.done, (item) => item.minutes))];
  }

  function certificate(all) {
    const complete = all.filter((chapter) => chapter.complete), begun = all.filter((chapter) => chapter.done.length && !chapter.complete);
    const who = fill(complete.length ? texts.whoDid : texts.whoBegan, { name: nameOf() || texts.nobody, book: book.title, version: book.version });
    const heads = [texts.chapter, texts.checked, texts.own, texts.minutes], done = all.flatMap((chapter) => chapter.done);
    return [make("h2", complete.length ? texts.complete : texts.begun), Object.assign(make("p", who), { className: "certificate-who" }),
      ...(complete.length ? [table(texts.chapterTable, heads, complete.map(chapterRow))] : []),
      ...(begun.length ? [table(texts.begunTable, heads, begun.map(chapterRow))] : []),
      make("p", fill(texts.sum, { items: done.length, minutes: sum(done, (item) => item.minutes) })),
      make("p", plan ? fill(texts.plan, plan) : texts.noPlan),
      make("p", fill(texts.date, { date: today() })),
      make("h3", texts.meaningTitle), make("ul", "", ...texts.meaning.map((text) => make("li", text))),
      Object.assign(make("p", texts.signature), { className: "certificate-signature" })];
  }

  function record(all) {
    const withAnswers = part("answers").checked;
    const state = (item) => texts.states[item.state === "done" && item.checked ? "right" : item.state];
    return [make("h2", texts.recordTitle), ...all.filter((chapter) => chapter.items.some((item) => item.state)).flatMap((chapter) => [
      make("h3", chapter.title), make("p", `${texts.can}:`), make("ul", "", ...chapter.objectives.map((text) => make("li", text))),
      table(chapter.title, [texts.item, texts.state], chapter.items.map((item) => [item.title, state(item)])),
      ...(withAnswers ? chapter.items.filter((item) => item.answer).flatMap((item) =>
        [make("h4", fill(texts.answer, item)), make("blockquote", item.answer)]) : [])])];
  }

  function show() {
    const all = read(), any = all.some((chapter) => chapter.items.some((item) => item.state));
    part("certificate").replaceChildren(...(any ? certificate(all) : [make("p", works ? texts.nothing : texts.refused)]));
    part("record").replaceChildren(...(any ? record(all) : []));
    root.querySelectorAll("button").forEach((button) => { button.disabled = !any; });
  }

  // The evidence file: what an organiser needs to look at, and an Open Badge 3.0 that lacks issuer, date and signature

  function credential(complete, name) {
    const list = complete.map((chapter) => chapter.title).join(", ");
    const evidence = [{ type: ["Evidence"], name: texts.evidenceName, narrative: complete.map((chapter) => chapterRow(chapter).join("; ")).join("\n") }];
    if (plan) evidence.push({ type: ["Evidence"], name: texts.planName, narrative: fill(texts.plan, plan) });
    return {
      "@context": ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
      type: ["VerifiableCredential", "OpenBadgeCredential"],
      name: fill(texts.achievement, { chapters: list }),
      credentialSubject: {
        type: ["AchievementSubject"],
        identifier: [{ type: "IdentityObject", hashed: false, identityHash: name, identityType: "name" }],
        achievement: {
          id: `${book.address}#${complete.map((chapter) => chapter.stem).join("+")}`, type: ["Achievement"], achievementType: "LearningProgram",
          name: fill(texts.achievement, { chapters: list }), description: texts.achievementText,
          criteria: { narrative: fill(texts.criteria, { chapters: list }) },
        },
      },
      evidence,
    };
  }

  function evidence() {
    const all = read(), complete = all.filter((chapter) => chapter.complete), name = nameOf(), withAnswers = part("answers").checked;
    const items = (chapter) => chapter.items.map(({ name: id, title, minutes, checked, state, answer }) =>
      ({ id, title, minutes, checked_by_page: checked, state, ...(withAnswers && answer ? { answer } : {}) }));
    return {
      format: "practicum-evidence-1", notice: texts.notice, made: today(), book, reader: name, plan,
      chapters: all.filter((chapter) => chapter.items.some((item) => item.state)).map((chapter) =>
        ({ stem: chapter.stem, title: chapter.title, complete: chapter.complete, items: items(chapter) })),
      capstone_complete: complete.some((chapter) => chapter.stem === capstone),
      credential: complete.length && name ? credential(complete, name) : null,
    };
  }

  function save() {
    const link = document.createElement("a"), file = "practicum-evidence.json";
    link.href = URL.createObjectURL(new Blob([JSON.stringify(evidence(), null, 1)], { type: "application/json" }));
    link.download = file;
    link.click();
    part("status").textContent = fill(texts.saved, { file });
  }

  async function readPlan(file) {
    plan = null;
    try {
      const bytes = await file.arrayBuffer(), digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
      plan = { file: file.name, size: bytes.byteLength, hash: [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("") };
      part("status").textContent = fill(texts.planRead, plan);
    } catch { part("status").textContent = fill(texts.planFailed, { file: file.name }); }
    show();
  }

  part("name").addEventListener("input", show);
  part("answers").addEventListener("change", show);
  part("plan").addEventListener("change", ({ target }) => { if (target.files[0]) readPlan(target.files[0]); else { plan = null; show(); } });
  root.addEventListener("submit", (event) => event.preventDefault());
  root.addEventListener("click", ({ target }) => {
    if (target.dataset.action === "print") print();
    if (target.dataset.action === "save") save();
  });
  addEventListener("pageshow", show);
  root.dataset.ready = "";
  show();
})();
