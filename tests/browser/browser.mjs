// browser.mjs - a headless Chromium that fetches nothing of its own, for check.mjs and screenshots.mjs.
// SPDX-License-Identifier: GPL-3.0-or-later
import { createRequire } from 'node:module';

// The packages are installed where the build is, not beside this file.
const require = createRequire(`${process.cwd()}/build/browser/`);
const { chromium } = require('playwright-core');
export const axeSource = require('axe-core').source;

// Playwright gives each start a new, empty folder for the user's data.
export function open() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
      '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
}

export const A4 = { width: 794, height: 1123 }; // in CSS pixels
// What is left of it between the margins that style.css gives a page.
export const PRINTED = { width: 794 - 2 * 61, height: 1123 - 2 * 68 };
