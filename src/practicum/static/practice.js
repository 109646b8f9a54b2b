/* Checks practice items and keeps the answers on this device. */
(() => {
  "use strict";
  if (window.practicumPractice) return;
  window.practicumPractice = { recall };  // for the page that makes a portfolio of the record

  const PREFIX = "practicum:", ITEM = "[data-practice]", PROGRESS = "[data-practice-progress]";
  const all = (root, selector) => [...root.querySelectorAll(selector)];
  const part = (root, name) => root.querySelector(`[data-part="${name}"]`);
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (whole, name) => values[name]);

  // The record on this device

  const stored = (use) => { try { return use(localStorage); } catch { return null; } };
  const remember = (name, record) => stored((storage) => storage.setItem(PREFIX + name, JSON.stringify(record)));
  const forget = (name) => stored((storage) => storage.removeItem(PREFIX + name));
  const names = () => (stored(Object.keys) || []).filter((key) => key.startsWith(PREFIX)).map((key) => key.slice(PREFIX.length));
  const isRecord = (record) => record && /^(tried|done)?$/.test(record.state) && record.example >>> 0 === record.example;
  const refused = remember("", 0) === null;
  let told = !refused;
  forget("");

  function recall(name) {
    const record = stored((storage) => JSON.parse(storage.getItem(PREFIX + name)));
    return isRecord(record) ? record : { state: "", example: 0, answer: null };
  }

  // An item

  const items = new WeakMap();
  function itemOf(node) {
    const root = node.closest(ITEM);
    if (root && !items.has(root)) {
      const { practice: name, kind, key, texts } = root.dataset;
      items.set(root, { root, name, kind, key: JSON.parse(key), texts: JSON.parse(texts), record: recall(name) });
    }
    return items.get(root);
  }

  const isTick = (field) => /radio|checkbox/.test(field.type);
  const fields = (root) => all(root, "input, select, textarea");
  const answersOf = (root) => fields(root).map((field) => (isTick(field) ? field.checked : field.value));

  function show(item) {
    const { root, record } = item, answers = [].concat(record.answer);
    fields(root).forEach((field, number) => {
      if (isTick(field)) field.checked = answers[number] === true;
      else field.value = answers[number] || "";
    });
    refill(item);
    mark(item);
    unlock(item);
    reveal(item);
  }

  // A moment of an observation shows when the one before it has its code. Returns the newest.
  function reveal({ root }) {
    const moments = all(root, "[data-moment]"), next = moments.findIndex((moment) => !moment.querySelector(":checked"));
    moments.forEach((moment, number) => { moment.hidden = next >= 0 && number > next; });
    return moments[next];
  }

  // A listener is told the next moment.
  function announce(item) {
    const next = reveal(item), line = document.createElement("p");
    next?.scrollIntoView({ block: "nearest" });
    line.className = "unseen";
    line.textContent = next ? next.querySelector("legend").textContent : item.texts.allCoded;
    part(item.root, "status").append(line);
  }

  function refill({ root, key, record }) {
    record.example %= key.examples;
    all(root, "[data-slot]").forEach((slot) => { slot.textContent = key.slots[slot.dataset.slot][record.example]; });
  }

  function unlock({ root, texts, record, hinted }) {
    root.dataset.state = record.state;
    part(root, "saved").textContent = texts[record.state === "done" ? "savedDone" : "savedTried"];
    root.toggleAttribute("data-saved", !refused && !!record.answer);
    root.toggleAttribute("data-open", !!(hinted || record.answer));
  }

  function mark({ root, texts }, rights = []) {
    all(root, "[data-mark]").forEach((place, number) => {
      place.dataset.verdict = ["wrong", "right"][Number(rights[number])] || "";
      place.textContent = texts[`${place.dataset.verdict}Mark`] || "";
    });
  }

  function say(item, words, verdict = "", feedback = []) {
    const { root, texts } = item;
    const line = document.createElement("p"), word = document.createElement("strong");
    word.dataset.verdict = verdict;
    word.textContent = texts[verdict] || "";
    line.append(word, ` ${words} ${told ? "" : texts.refused}`);
    told = true;
    part(root, "status").replaceChildren(line,
      ...feedback.map((number) => all(root, "template")[number].content.cloneNode(true)));
    refill(item);
  }

  function save(item, state) {
    const { root, name, record } = item;
    Object.assign(record, { state, answer: answersOf(root) });
    remember(name, record);
    unlock(item);
  }

  // Judges: a problem of form, or right or wrong

  function choice(ticked, { key, texts, record }) {
    const right = key.right[record.example];
    const missing = right.filter((yes, number) => yes && !ticked[number]).length;
    const rights = ticked.map((yes, number) => (yes ? right[number] : NaN));
    const picked = [...ticked.keys()].filter((number) => ticked[number]);
    return { form: !picked.length && texts.none, right: !missing && !rights.includes(0), rights, feedback: picked,
      words: missing && texts.missing ? fill(texts.missing, { number: missing }) : "" };
  }

  function places(given, { key, texts }) {
    const twice = given.find((place, number) => given.indexOf(place) < number);
    const form = given.includes("") ? texts.none : twice && texts.twice;
    const rights = given.map((place, number) => place === key.places[number]);
    const wrong = [...rights.keys()].filter((number) => !rights[number]);
    return { form: form && fill(form, { place: twice }), right: !wrong.length, rights, feedback: wrong,
      words: wrong.length ? fill(texts.count, { number: given.length - wrong.length, all: given.length }) : "" };
  }

  function number([typed], { key, texts, record }) {
    const { form, values } = readNumber(typed, key.percent);
    if (form) return { form: texts[form] };
    const targets = [key.answer[record.example], ...key.wrong[record.example]];
    const near = (target) => values.find((value) => Math.abs(value - target) <= key.tolerance + 1e-9 * Math.abs(target));
    const hit = targets.findIndex((target) => near(target) !== undefined);
    const value = hit < 0 ? values[0] : near(targets[hit]);
    const direction = hit < 0 ? texts[value > targets[0] ? "large" : "small"] : "";
    return { right: hit === 0, feedback: hit > 0 ? [hit - 1] : [], words: `${fill(texts.read, { number: value })} ${direction}` };
  }

  // The values a number may stand for ("1,500" has two), or what is unclear about it.
  function readNumber(typed, percent) {
    const text = typed.replace(/[٠-٩۰-۹]/g, (digit) => digit.charCodeAt(0) & 15).replace(/٫/g, ",")
      .replace(/\d(?=[¼-¾⅐-⅞])/g, "$& ").normalize("NFKC").replace(/[−–]/g, "-").replace(/^[\s~≈=]+/, "");
    const found = /^([-+]?) ?((\d+ )?\d+ ?[⁄/] ?\d+|[\d.,' ]*\d[.,]?) ?(%?)\D*$/.exec(text);
    if (!found) return { form: /\d\D+\d/.test(text) ? "two" : text ? "form" : "none" };
    const values = amounts(found[2]).map((value) => (found[1] === "-" ? -value : value));
    return { values, form: !values.length ? "two" : found[4] && !percent ? "percent" : "" };
  }

  function amounts(text) {
    const [, whole, above, below] = /^(\d+ )?(\d+) ?[⁄/] ?(\d+)$/.exec(text) || [];
    if (above) return below > 0 ? [Number(whole || 0) + above / below] : [];
    const values = /^(\d+[.,]?\d*|[.,]\d+)$/.test(text) ? [Number(text.replace(",", "."))] : [];
    const grouped = /^[1-9]\d{0,2}([ '.,])\d{3}(\1\d{3})*((?!\1)[.,]\d+)?$/.exec(text);
    return grouped ? [...values, Number(text.split(grouped[1]).join("").replace(",", "."))] : values;
  }

  // The codes of all moments against the key: how many are the same, and how many would be by chance alone (Cohen's kappa).
  function codes(ticked, { key, texts }) {
    const { places: keys, names: list, enough } = key, all = keys.length;
    const given = keys.map((_key, moment) => ticked.slice(moment * list.length, (moment + 1) * list.length).indexOf(true));
    const count = (test) => [...keys.keys()].filter(test).length;
    const left = count((moment) => given[moment] < 0), rights = given.map((code, moment) => code === keys[moment]);
    if (left) return { form: fill(texts.none, { number: left }) };
    const told = list.map((code, number) => ({ code, yours: count((moment) => given[moment] === number),
      keys: count((moment) => keys[moment] === number), both: count((moment) => rights[moment] && keys[moment] === number) }));
    const same = count((moment) => rights[moment]);
    const chance = told.reduce((sum, { yours, keys: own }) => sum + yours * own, 0) / all ** 2;
    const kappa = (same / all - chance) / (1 - chance);
    const result = { same, all, percent: Math.round(100 * same / all), chance: Math.round(100 * chance), kappa: kappa.toFixed(2) };
    return { right: kappa >= enough, rights, feedback: [...keys.keys()].filter((moment) => !rights[moment]),
      words: [fill(texts.result, result), ...told.map((code) => fill(texts.code, code))].join(" ") };
  }

  const reflection = ([text], { texts }) => ({ form: !text.trim() && texts.none, right: true, words: texts.compare });
  const JUDGES = { one: choice, several: choice, number, order: places, sort: places, watch: codes, write: reflection };

  // What the reader does

  function check(item) {
    const { root, kind, record } = item;
    if (kind === "do") return;
    const { form, right, rights, words, feedback } = JUDGES[kind](answersOf(root), item);
    mark(item, form ? [] : rights);
    if (form) return say(item, form);
    save(item, right ? "done" : record.state || "tried");
    say(item, words, right ? "right" : "wrong", feedback);
    if (kind === "write") part(root, "model").open = true;
  }

  function write(item) {
    const { root, kind, texts, record } = item;
    const ticks = answersOf(root), done = ticks.filter(Boolean).length;
    if (kind === "write") return save(item, record.state || "tried");
    if (kind !== "do") {  // what was said of the answer before no longer holds
      mark(item);
      part(root, "status").replaceChildren();
      return kind === "watch" && announce(item);
    }
    save(item, done === ticks.length ? "done" : done ? "tried" : "");
    say(item, fill(texts.count, { number: done, all: ticks.length }));
  }

  function startAgain(item, action) {
    const { root, name, kind, key, texts, record } = item;
    if (kind === "write" && record.answer && !confirm(texts.sure)) return;
    item.hinted = false;
    record.answer = null;
    if (action === "clear") record.state = "";
    else record.example += 1;
    (action === "clear" ? forget : remember)(name, record);
    all(root, "details").forEach((fold) => { fold.open = false; });
    show(item);
    const question = action === "another" ? root.querySelector(".practice-prompt").textContent : "";
    say(item, `${fill(texts[action], { number: record.example + 1, all: key.examples })} ${question}`);
  }

  // My progress

  function tally(block, text = "", number = 0) {
    const texts = JSON.parse(block.dataset.texts);
    const minutes = (rows) => rows.reduce((sum, row) => sum + Number(row.dataset.minutes), 0);
    all(block, "[data-practice-item]").forEach((row) => {
      row.dataset.state = recall(row.dataset.practiceItem).state || "none";
      part(row, "state").textContent = texts[row.dataset.state];
    });
    all(block, "[data-practice-total]").forEach((total) => {
      const rows = all(block, total.dataset.practiceTotal), done = rows.filter((row) => row.dataset.state === "done");
      total.textContent = fill(texts.total,
        { done: done.length, items: rows.length, minutesDone: minutes(done), minutes: minutes(rows) });
    });
    part(block, "status").textContent = fill(texts[refused ? "refused" : text] || "", { number });
  }

  function manage(block, action) {
    const list = names(), number = list.length;
    if (action === "erase") list.forEach(forget);
    else if (number) {
      const answers = Object.fromEntries(list.map((name) => [name, recall(name)]));
      const link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob([JSON.stringify({ format: "practicum-record-1", answers })]));
      link.download = "practicum-record.json";
      link.click();
    }
    tally(block, number ? action : "empty", number);
  }

  async function importRecord(block, file) {
    try {
      const { format, answers } = JSON.parse(await file.text()), list = Object.entries(answers);
      if (format !== "practicum-record-1" || !list.every(([, answer]) => isRecord(answer))) throw file;
      list.forEach(([name, answer]) => remember(name, answer));
      tally(block, "imported", list.length);
    } catch { tally(block, "notImported"); }
  }

  // On the window: items may come later, and a notebook must not take their keys
  function react(event) {
    const { type, target } = event;
    if (!target.closest) return;
    const item = itemOf(target), block = target.closest(PROGRESS), button = target.closest("[data-action]");
    if (item && type === "submit") { event.preventDefault(); check(item); }
    if (item && type === "input") write(item);
    if (item && type === "keydown" && !event.ctrlKey && !event.metaKey) event.stopPropagation();
    if (item && type === "toggle" && target.open && target.dataset.part === "hint") { item.hinted = true; unlock(item); }
    if (item && button && type === "click") startAgain(item, button.dataset.action);
    if (block && button && type === "click") manage(block, button.dataset.action);
    if (block && type === "change" && target.files[0]) importRecord(block, target.files[0]);
  }
  ["submit", "keydown", "input", "click", "change", "toggle"].forEach((type) => addEventListener(type, react, true));
  addEventListener("pageshow", () => all(document, PROGRESS).forEach((block) => tally(block)));

  function start() {
    if (document.readyState === "loading") return;
    all(document, `${ITEM}:not([data-ready]), ${PROGRESS}:not([data-ready])`).forEach((root) => {
      root.dataset.ready = "";
      if (itemOf(root)) show(itemOf(root));
      else tally(root);
    });
  }
  document.addEventListener("readystatechange", start);
  new MutationObserver(start).observe(document, { childList: true, subtree: true });
  start();
})();
