// check.mjs - opens reports as a reader does, in a browser, and fails where one of them shuts somebody out.
//
//     node tests/browser/check.mjs FOLDER [NAME]
//
// FOLDER holds the reports (*.html) and names.json, the names that stand in those called hostile-*. Every check adds one to
// the count; a check that fails is told at once, and the rest go on.
// SPDX-License-Identifier: GPL-3.0-or-later
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { PRINTED, axeSource, open } from './browser.mjs';
import { contrast, labelsOf, layout, movesSideways, shownWords, textSpacing } from './in_page.mjs';

const folder = resolve(process.argv[2]);
const names = JSON.parse(readFileSync(join(folder, 'names.json'), 'utf8'));
let passed = 0;
const failures = [];

function check(what, wrong) {
  const found = Array.isArray(wrong) ? wrong : wrong ? [wrong] : [];
  if (found.length === 0) {
    passed++;
    return;
  }
  failures.push(what);
  console.log(`FAILED ${what}`);
  for (const one of found.slice(0, 8)) console.log(`    ${typeof one === 'string' ? one : JSON.stringify(one)}`);
}

// ---- axe ----------------------------------------------------------------------------------------

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice'];
const ran = new Set();
let undecided = 0;

async function axe(page, kind) {
  // On paper nobody points at a link.
  const rules = kind === 'print' ? { 'target-size': { enabled: false } } : {};
  // By evaluate: a script element would be stopped by the page's own policy, as it should be.
  await page.evaluate(axeSource);
  const found = await page.evaluate(([tags, except]) => window.axe.run(document, {
    runOnly: { type: 'tag', values: tags }, rules: except, resultTypes: ['violations', 'incomplete'],
  }), [RULES, rules]);
  for (const rule of [...found.passes, ...found.violations, ...found.incomplete]) ran.add(rule.id);
  return found;
}

function violations(found) {
  return found.violations.flatMap((rule) => rule.nodes.map((node) => `${rule.id}: ${node.html.slice(0, 140)} `
      + `${(node.any[0] ?? node.all[0] ?? node.none[0])?.message ?? ''}`));
}

// axe leaves open what it cannot see, such as the ground of a text in a picture: contrast() measures all of those. Anything
// else has to be looked at by a person, and fails until somebody did.
function leftOpen(found) {
  const open = found.incomplete.flatMap((rule) => rule.nodes.map((node) => ({ rule: rule.id, node })));
  undecided += open.length;
  return open.filter(({ rule }) => rule !== 'color-contrast')
    .map(({ rule, node }) => `${rule}, undecided: ${node.target.join(' ')} ${node.html.slice(0, 120)}`);
}

// ---- one report ---------------------------------------------------------------------------------

function watch(page, address) {
  const heard = [];
  page.on('console', (message) => heard.push(`console: ${message.text()}`));
  page.on('pageerror', (error) => heard.push(`error: ${error.message}`));
  page.on('dialog', (dialog) => { heard.push(`dialog: ${dialog.message()}`); dialog.dismiss(); });
  page.on('popup', () => heard.push('a window opened'));
  page.on('request', (request) => {
    if (request.url() !== address) heard.push(`request: ${request.url()}`);
  });
  return heard;
}

async function newPage(browser, file, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  const address = `file://${file}`;
  const heard = watch(page, address);
  await page.addInitScript(() => {
    window.broken = [];
    document.addEventListener('securitypolicyviolation', (event) => window.broken.push(event.violatedDirective));
  });
  await page.goto(address);
  return { context, page, heard };
}

async function checkSafety(browser, name, file) {
  const { context, page, heard } = await newPage(browser, file);
  const policy = await page.evaluate(() => document.querySelector('meta[http-equiv="Content-Security-Policy"]')?.content);
  check(`${name}: a policy forbids everything but its own style`,
    policy === "default-src 'none'; style-src 'unsafe-inline'" ? [] : `it is: ${policy}`);
  check(`${name}: no message, error, dialog, window or request`, [...heard]);
  check(`${name}: nothing breaks the policy`, await page.evaluate(() => window.broken));
  // The policy is at work where a script that is put into the page does not run.
  const worked = await page.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = 'window.ran = true';
    document.body.append(script);
    script.remove();
    return !window.ran;
  });
  check(`${name}: the policy stops a script`, worked ? [] : 'it ran');
  check(`${name}: and that is heard`, heard.some((one) => /Content Security Policy/.test(one)) ? [] : 'the listener is deaf');
  check(`${name}: no element came from a text`, await page.evaluate(() => [...document.querySelectorAll(
    'script, img, iframe, object, embed, form, input, b, i, link, style ~ style, [autofocus], title svg')].map((e) => e.outerHTML)
    .concat([...document.querySelectorAll('*')].filter((e) => [...e.attributes].some((a) => /^on/.test(a.name)))
      .map((e) => e.outerHTML.slice(0, 100)))));
  await context.close();
}

async function checkNames(browser, name, file) {
  const { context, page } = await newPage(browser, file);
  const texts = await page.evaluate(labelsOf);
  const ownSite = names.sites[names.sites.length - 1];
  check(`${name}: the title is the text that it was`, texts.title.startsWith(name.endsWith('-site') ? ownSite : names.title) && texts.h1 === texts.title
    ? [] : [texts.title, texts.h1]);
  const wanted = name.endsWith('level') ? [...names.roles, ...names.constructs]
    : name.endsWith('-methods') || name.endsWith('-index') ? names.sites
    : name.endsWith('-site') ? [ownSite, ...names.constructs] : [...names.sites, ...names.constructs];
  for (const one of wanted)
    check(`${name}: '${one}' heads a row or a column as it is`, texts.headers.includes(one) ? [] : texts.headers.slice(0, 12));
  await context.close();
}

const KINDS = { light: { colorScheme: 'light' }, dark: { colorScheme: 'dark' }, print: { colorScheme: 'light', media: 'print' },
  telephone: { colorScheme: 'light' } };

async function checkAccess(browser, name, file) {
  const { context, page } = await newPage(browser, file);
  for (const [kind, emulation] of Object.entries(KINDS)) {
    await page.emulateMedia({ media: 'screen', ...emulation });
    if (kind === 'telephone') await page.setViewportSize({ width: 320, height: 640 });
    const found = await axe(page, kind);
    check(`${name}, ${kind}: axe finds no violation`, violations(found));
    check(`${name}, ${kind}: what axe leaves open is decided`, leftOpen(found));
    check(`${name}, ${kind}: text has contrast, in pictures too`, await page.evaluate(contrast));
  }
  await page.emulateMedia({ media: 'screen', colorScheme: 'light' });
  const seen = await page.evaluate(() => ({
    lang: document.documentElement.lang,
    levels: [...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map((h) => +h.localName[1]),
    named: [...document.querySelectorAll('svg')].filter((svg) => svg.getAttribute('role') !== 'img'
      || !svg.getAttribute('aria-labelledby').split(' ').every((id) => document.getElementById(id)?.textContent.trim())).length,
  }));
  check(`${name}: it says its language`, seen.lang === 'en' ? [] : `lang="${seen.lang}"`);
  check(`${name}: headings go down one level at a time`, seen.levels.filter((level, i) => level > (seen.levels[i - 1] ?? 0) + 1));
  check(`${name}: every picture has a name and says what it shows`, seen.named ? `${seen.named} have not` : []);
  await context.close();
}

async function checkKeyboard(browser, name, file) {
  const { context, page } = await newPage(browser, file, { viewport: { width: 320, height: 640 } });
  const total = await page.evaluate(() => document.querySelectorAll('a[href], summary, [tabindex="0"]').length);
  const invisible = [];
  const reached = new Set();
  for (let i = 0; i < total; i++) {
    await page.keyboard.press('Tab');
    const at = await page.evaluate(() => {
      const element = document.activeElement;
      const style = getComputedStyle(element);
      const box = element.getBoundingClientRect();
      element.dataset.reached = 'yes';
      return { what: element.outerHTML.slice(0, 90), outline: parseFloat(style.outlineWidth), line: style.outlineStyle,
        shown: box.right > 0 && box.bottom > 0 && box.top < innerHeight && box.left < innerWidth, body: element === document.body };
    });
    if (at.body || !at.shown || at.line === 'none' || at.outline < 2) invisible.push(at);
    reached.add(at.what);
  }
  check(`${name}: each stop of the tab key is seen, with an outline`, invisible);
  check(`${name}: the tab key reaches whatever scrolls`, await page.evaluate(() => [...document.querySelectorAll('body *')]
    .filter((e) => e.scrollWidth > e.clientWidth + 1 && /auto|scroll/.test(getComputedStyle(e).overflowX) && !e.dataset.reached)
    .map((e) => e.outerHTML.slice(0, 90))));
  await page.reload();
  await page.keyboard.press('Tab');
  const first = await page.evaluate(() => document.activeElement.textContent);
  await page.keyboard.press('Enter');
  const after = await page.evaluate(() => document.activeElement.id);
  await page.keyboard.press('Tab');
  const inside = await page.evaluate(() => !!document.activeElement.closest('main'));
  check(`${name}: the first stop skips to the report`, first === 'Skip to the report' && after === 'report' && inside
    ? [] : { first, after, inside });
  await context.close();
}

async function checkLayout(browser, name, file) {
  // 320 px is also what 1280 px become at a zoom of 400%.
  for (const width of [320, 400, 600, 900, 1280]) {
    const { context, page } = await newPage(browser, file, { viewport: { width, height: 640 } });
    check(`${name}: at ${width} px the page does not move sideways`, await page.evaluate(movesSideways));
    check(`${name}: at ${width} px nothing is cut off`, await page.evaluate(layout, width));
    if (width === 320 || width === 1280) {
      await page.addStyleTag({ content: textSpacing });
      check(`${name}: at ${width} px there is room for wider spacing of text`,
        [...await page.evaluate(movesSideways), ...await page.evaluate(layout, width)]);
    }
    await context.close();
  }
  const { context, page } = await newPage(browser, file);
  await page.evaluate(() => { document.documentElement.style.fontSize = '200%'; });
  check(`${name}: text of twice the size fits`,
    [...await page.evaluate(movesSideways), ...await page.evaluate(layout, 1280)]);
  await context.close();
}

async function checkForcedColours(browser, name, file) {
  const { context, page } = await newPage(browser, file);
  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({ forcedColors: 'active', colorScheme });
    check(`${name}: colours that a reader forces (${colorScheme}) leave the pictures readable`,
      await page.evaluate(contrast));
  }
  await context.close();
}

// What a reader of the screen is told: cells that are set below each other are still those of a table.
async function checkTables(browser, name, file) {
  const { context, page } = await newPage(browser, file);
  const session = await context.newCDPSession(page);
  const roles = async (width) => {
    await page.setViewportSize({ width, height: 640 });
    const { nodes } = await session.send('Accessibility.getFullAXTree');
    const counts = {};
    for (const { role, ignored } of nodes)
      if (!ignored && /^(table|row|rowgroup|columnheader|rowheader|cell|gridcell)$/.test(role?.value))
        counts[role.value] = (counts[role.value] ?? 0) + 1;
    return JSON.stringify(Object.entries(counts).sort());
  };
  const [wide, narrow] = [await roles(1280), await roles(320)];
  check(`${name}: a table is one for those who hear it, at 320 px too`, wide === narrow && /rowheader/.test(wide) ? [] : [wide, narrow]);
  const labels = await page.evaluate(() => [...document.querySelectorAll('td, tbody th[scope="row"]')].filter((cell) => {
    const shown = getComputedStyle(cell, '::before').content;
    return cell.dataset.label && shown !== JSON.stringify(cell.dataset.label);
  }).map((cell) => cell.outerHTML));
  check(`${name}: at 320 px each cell shows the heading of its column`, labels);
  await context.close();
}

// ---- paper --------------------------------------------------------------------------------------

const squeezed = (text) => text.normalize('NFKC').replace(/[\s\u00AD\u200E\u200F\u202A-\u202E\u2066-\u2069-]+/gu, '');

let over = 0; // tables that go over a page

async function checkPaper(browser, name, file) {
  const { context, page } = await newPage(browser, file, { viewport: PRINTED });
  await page.emulateMedia({ media: 'print' });
  check(`${name}: on paper nothing stands beyond the edge`,
    [...await page.evaluate(movesSideways), ...await page.evaluate(layout, PRINTED.width)]);
  const words = await page.evaluate(shownWords);
  const tables = await page.evaluate(() => [...document.querySelectorAll('table:not(.wide)')]
    // Those whose headings and first row are of one line each: else they are no line of the text.
    .filter((table) => [table.tHead, table.rows[1]].every((part) => part.offsetHeight < 32)).map((table) => {
    const text = (row) => [...row.cells].map((cell) => cell.textContent).join(' ');
    return [table.rows[0], table.rows[1], table.rows[table.rows.length - 1]].map(text);
  }));
  const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: false });
  writeFileSync(file.replace(/html$/, 'pdf'), pdf);
  await context.close();
  const run = (...command) => execFileSync(command[0], command.slice(1), { encoding: 'utf8', maxBuffer: 1 << 26 });
  const sizes = run('pdfinfo', file.replace(/html$/, 'pdf'));
  check(`${name}: it prints on A4`, /Page size:\s+59[45](\.\d+)? x 84[12](\.\d+)? pts \(A4\)/.test(sizes) ? [] : sizes);
  const text = run('pdftotext', '-layout', file.replace(/html$/, 'pdf'), '-');
  const printed = squeezed(run('pdftotext', file.replace(/html$/, 'pdf'), '-'));
  check(`${name}: every word of the page is on paper`, [...new Set(words)].filter((word) => !printed.includes(squeezed(word))));
  // Names of the hostile study wrap, so that a row is no line of the text.
  if (!name.startsWith('example-')) return;
  const pages = text.split('\f').map(squeezed);
  const torn = tables.map((rows) => rows.map(squeezed)).map(([head, first, last]) => ({
    head, from: pages.findIndex((one) => one.includes(head + first)), to: pages.findIndex((one) => one.includes(last)) }));
  check(`${name}: a table begins below its headings`, torn.filter(({ from }) => from < 0));
  check(`${name}: headings of tables are on each of their pages`,
    torn.filter(({ head, from, to }) => pages.slice(from, to + 1).some((one) => !one.includes(head))));
  over += torn.filter(({ from, to }) => from < to).length;
}

// ---- what must be found -------------------------------------------------------------------------

// A check that finds nothing in a bad page finds nothing in a good one either.
async function checkTheChecks(browser) {
  const file = join(folder, 'bad-page.htm');
  writeFileSync(file, `<!DOCTYPE html><html><head><title>Bad</title></head><body><h1>Bad</h1><h3>Too deep</h3>
    <p style="color:#999">Pale</p><div style="width:2000px">Wide</div><div style="overflow:hidden;width:40px;white-space:nowrap">
    Cut off at the edge</div><div class="picture"><svg viewBox="0 0 100 40" role="img" aria-labelledby="none"><rect
    width="100" height="40" fill="#777777"/><text x="5" y="20" fill="#888888">Hard to read</text></svg></div>
    <script>console.log('heard')</script><img src="missing.png" alt=""></body></html>`);
  const { context, page, heard } = await newPage(browser, file, { viewport: { width: 320, height: 640 } });
  const found = violations(await axe(page)).map((one) => one.split(':')[0]);
  for (const rule of ['html-has-lang', 'heading-order', 'color-contrast'])
    check(`a bad page: ${rule} is found`, found.includes(rule) ? [] : found);
  check('a bad page: its message is heard', heard.some((one) => one === 'console: heard') ? [] : heard);
  check('a bad page: its request is heard', heard.some((one) => /missing\.png/.test(one)) ? [] : heard);
  check('a bad page: that it moves sideways is found', (await page.evaluate(movesSideways)).length ? [] : 'not found');
  check('a bad page: what is cut off is found', (await page.evaluate(layout, 320)).some((one) => /Cut off/.test(one)) ? [] : 'not found');
  check('a bad page: pale text in a picture is found', (await page.evaluate(contrast)).length ? [] : 'not found');
  await context.close();
}

async function checkReport(browser, name, path) {
  await checkSafety(browser, name, path);
  if (name.startsWith('hostile-')) await checkNames(browser, name, path);
  await checkAccess(browser, name, path);
  await checkKeyboard(browser, name, path);
  await checkLayout(browser, name, path);
  await checkForcedColours(browser, name, path);
  await checkTables(browser, name, path);
  await checkPaper(browser, name, path);
}

const browser = await open();
try {
  await checkTheChecks(browser);
  const files = readdirSync(folder).filter((file) => file.endsWith('.html') && file.includes(process.argv[3] ?? ''));
  files.sort();
  const work = async () => {
    for (let file = files.shift(); file; file = files.shift()) await checkReport(browser, basename(file, '.html'), join(folder, file));
  };
  await Promise.all([work(), work()]); // two at a time
  if (!process.argv[3]) check('a table that goes over to the next page was among them', over ? [] : 'none');
} finally {
  await browser.close();
}
console.log(`axe: ${ran.size} rules applied (${[...ran].sort().join(', ')}); ${undecided} contrasts left open by it `
    + 'were measured here.');
if (failures.length) {
  console.log(`check-browser: ${failures.length} checks FAILED, ${passed} passed.`);
  process.exit(1);
}
console.log(`check-browser: ${passed} checks passed.`);
