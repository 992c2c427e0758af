// in_page.mjs - what check.mjs runs inside a page: each function stands alone, looks at the document and returns what is
// wrong with it, as texts.
// SPDX-License-Identifier: GPL-3.0-or-later

// WCAG 1.4.12: a reader may set these, and nothing may be lost.
export const textSpacing = `* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
  p { margin-bottom: 2em !important }`;

export function labelsOf() {
  const read = (selector) => [...document.querySelectorAll(selector)].map((element) => element.textContent);
  return { title: document.title, h1: read('h1')[0], headers: read('th') };
}

// The words that can be seen, in Latin letters and digits: what a reader of PDF gives back in their order.
export function shownWords() {
  const words = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const range = document.createRange();
    range.selectNodeContents(node);
    if (range.getClientRects().length) words.push(...(node.data.match(/[A-Za-z0-9.%]+/g) ?? []));
  }
  return words;
}

// Whether the page itself scrolls sideways.
export function movesSideways() {
  const root = document.documentElement;
  const wide = Math.max(root.scrollWidth, document.body.scrollWidth) - root.clientWidth;
  if (wide <= 1) return [];
  const worst = [...document.querySelectorAll('body *')].filter((e) => e.getBoundingClientRect().right > root.clientWidth + 1)
    .slice(0, 5).map((e) => e.outerHTML.slice(0, 100));
  return [`${wide} px too wide`, ...worst];
}

// Text that lies outside of the page and in nothing that scrolls, or in a box that cuts it.
export function layout(width) {
  const wrong = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement;
    if (!node.data.trim() || parent.closest('svg, .skip, script, style')) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const text = range.getBoundingClientRect();
    if (!text.width || !text.height) continue; // not shown
    const hidden = parent.closest('thead');
    if (hidden && getComputedStyle(hidden).position === 'absolute') continue; // heard only
    let scrolls = false;
    for (let box = parent; box && box !== document.body; box = box.parentElement) {
      const style = getComputedStyle(box);
      scrolls ||= /auto|scroll/.test(style.overflowX);
      const edge = box.getBoundingClientRect();
      if (/hidden|clip/.test(style.overflowX + style.overflowY)
          && (text.right > edge.right + 1 || text.bottom > edge.bottom + 1))
        wrong.push(`cut: ${node.data.trim().slice(0, 60)}`);
      // A cell that is too small for its text lies over the next one.
      if (/^t[dh]$/.test(box.localName) && (text.right > edge.right + 1 || text.left < edge.left - 1))
        wrong.push(`out of its cell: ${node.data.trim().slice(0, 60)}`);
    }
    if (!scrolls && (text.right > width + 1 || text.left < -1)) wrong.push(`beyond the edge: ${node.data.trim().slice(0, 60)}`);
  }
  return wrong;
}

// WCAG 1.4.3, measured here since axe leaves open what it cannot see (a text in a picture, a text that overlaps another box).
// A text of the page has the ground of the nearest box around it that has one; a text in a picture that of the last shape
// drawn below its middle.
export function contrast() {
  const luminance = (colour) => {
    const parts = colour.match(/[\d.]+/g).slice(0, 3).map((part) => {
      const value = part / 255;
      return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
  };
  const wrong = [];
  const compare = (text, colour, ground) => {
    const [a, b] = [luminance(colour), luminance(ground)].sort((one, other) => other - one);
    const ratio = (a + 0.05) / (b + 0.05);
    if (ratio < 4.5) wrong.push(`${ratio.toFixed(2)}:1 for '${text.trim().slice(0, 30)}', ${colour} on ${ground}`);
  };
  const clear = /^rgba\(.*, 0\)$/;
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (!node.data.trim() || node.parentElement.closest('svg, script')) continue;
    let box = node.parentElement;
    while (box && clear.test(getComputedStyle(box).backgroundColor)) box = box.parentElement;
    compare(node.data, getComputedStyle(node.parentElement).color, box ? getComputedStyle(box).backgroundColor : 'rgb(255, 255, 255)');
  }
  for (const svg of document.querySelectorAll('.picture svg')) {
    const shapes = [...svg.querySelectorAll('rect, path, polygon, circle, text')];
    for (const [index, text] of shapes.entries()) {
      if (text.localName !== 'text' || !text.textContent.trim()) continue;
      const box = text.getBoundingClientRect();
      if (!box.width) continue;
      const x = box.left + box.width / 2;
      const y = box.top + box.height / 2;
      let ground = getComputedStyle(svg.parentElement).backgroundColor;
      for (const shape of shapes.slice(0, index)) {
        const fill = getComputedStyle(shape).fill;
        if (shape.localName === 'text' || !/^rgb/.test(fill)) continue;
        const point = new DOMPoint(x, y).matrixTransform(shape.getScreenCTM().inverse());
        if (shape.isPointInFill(point)) ground = fill;
      }
      compare(text.textContent, getComputedStyle(text.querySelector('tspan') ?? text).fill, ground);
    }
  }
  return wrong;
}
