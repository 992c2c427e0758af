// screenshots.mjs - the top of each report as it looks on a screen, and the whole of it on paper.
//
//     node tests/browser/screenshots.mjs REPORTS PICTURES
//
// SPDX-License-Identifier: GPL-3.0-or-later
import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { open } from './browser.mjs';

const [reports, pictures] = process.argv.slice(2).map((folder) => resolve(folder));
const browser = await open();
try {
  for (const file of readdirSync(reports).filter((name) => name.endsWith('.html')).sort()) {
    const page = await browser.newPage({ viewport: { width: 900, height: 1300 }, colorScheme: 'light' });
    await page.goto(`file://${join(reports, file)}`);
    await page.screenshot({ path: join(pictures, file.replace(/\.html$/, '-light.png')) });
    await page.pdf({ path: join(reports, file.replace(/html$/, 'pdf')), preferCSSPageSize: true });
    await page.close();
  }
} finally {
  await browser.close();
}
