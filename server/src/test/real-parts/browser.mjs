// A real browser (Chromium, without a window) for the end-to-end tests, driven by one JSON command a line on stdin:
// {"open": url, "user": name} opens an address, fills in sign-in and consent pages until none is left, and answers with
// one line: the last page's address, title and text, and how many navigations it took.
import { createInterface } from 'node:readline';
import { chromium } from 'playwright-core';
import { signInStep } from './sign-in-pages.mjs';

const [executablePath] = process.argv.slice(2);
const browser = await chromium.launch({ executablePath, headless: true, args: ['--no-sandbox', '--disable-gpu'] });
const context = await browser.newContext();
let navigations = 0;
const hosts = new Set();
context.on('page', (page) => page.on('framenavigated', (frame) => (navigations += frame === page.mainFrame() ? 1 : 0)));
context.on('request', (request) => hosts.add(new URL(request.url()).host));
console.log(JSON.stringify({ ready: true }));

async function visit({ open, user = 'alice' }) {
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  const before = navigations;
  try {
    const response = await page.goto(open, { waitUntil: 'load' });
    for (let step = 0; step < 8 && (await signInStep(page, user)); step += 1);
    return {
      url: page.url(),
      status: response?.status() ?? 0,
      title: await page.title(),
      text: await page.locator('body').innerText(),
      navigations: navigations - before,
      hosts: [...hosts],
    };
  } finally {
    await page.close();
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  const command = JSON.parse(line);
  try {
    if (command.forget) {
      await context.clearCookies();
      console.log(JSON.stringify({ forgotten: true }));
    } else {
      console.log(JSON.stringify(await visit(command)));
    }
  } catch (problem) {
    console.log(JSON.stringify({ problem: String(problem) }));
  }
}
await browser.close();
