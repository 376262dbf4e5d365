// Two pictures of a report for the README: its first screen in light, and what breaks on a phone in dark.
// node tools/screenshots.mjs REPORT-DIRECTORY IMAGES-DIRECTORY
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const [report = 'reports/out', images = 'docs/images'] = process.argv.slice(2);
const index = resolve(report, 'index.html');
if (!existsSync(index)) {
  console.error(`there is no report at ${index}: run "make report" first`);
  process.exit(2);
}
const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
try {
  const pictures = [
    { name: 'report.png', width: 1280, height: 900, colorScheme: 'light', at: '' },
    { name: 'report-phone.png', width: 390, height: 844, colorScheme: 'dark', at: '#breaks' },
  ];
  for (const { name, width, height, colorScheme, at } of pictures) {
    const page = await browser.newPage({ viewport: { width, height }, colorScheme });
    await page.goto(`${pathToFileURL(index).href}${at}`);
    await page.screenshot({ path: join(images, name) });
    await page.close();
  }
} finally {
  await browser.close();
}
