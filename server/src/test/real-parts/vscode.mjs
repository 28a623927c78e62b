// A person at a browser with VS Code in it (code-server), and at whatever pages VS Code opens, driven by one JSON command
// a line on stdin; each is answered with one line. Windows and pages are named by the test. Selectors are Playwright's.
//
// node vscode.mjs CHROMIUM SCREENSHOT_FOLDER
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { chromium } from 'playwright-core';
import { signInStep } from './sign-in-pages.mjs';

const [executablePath, screenshots] = process.argv.slice(2);
const PATIENCE = 60_000;
mkdirSync(screenshots, { recursive: true });

const browser = await chromium.launch({ executablePath, headless: true, args: ['--no-sandbox', '--disable-gpu'] });
const context = await browser.newContext({
  viewport: { width: 1000, height: 620 },
  permissions: ['clipboard-read', 'clipboard-write'],
});
context.setDefaultTimeout(PATIENCE);
const pages = new Map();
/** Pages that a window opened and nobody has looked at yet. */
const opened = [];
/** What the pages complained about, for the report of a failing test. */
const complaints = [];
context.on('page', (page) => {
  page.on('console', (message) => message.type() === 'error' && complain(message.text()));
  page.on('pageerror', (problem) => complain(String(problem)));
  page.opener().then((opener) => opener && opened.push(page));
});

function complain(text) {
  if (complaints.length < 200) {
    complaints.push(text.slice(0, 300));
  }
}

const page = ({ window }) => pages.get(window);
const first = (command) => page(command).locator(command.selector).first();

const deeds = {
  async open({ window, url }) {
    const fresh = await context.newPage();
    pages.set(window, fresh);
    await fresh.goto(url, { waitUntil: 'load' });
    await fresh.waitForSelector('.monaco-workbench');
  },

  async close(command) {
    await page(command).close();
    pages.delete(command.window);
  },

  /** Waits for what a person would look for; gives its text. */
  async see(command) {
    await first(command).waitFor({ state: 'visible' });
    return first(command).innerText();
  },

  async gone(command) {
    await first(command).waitFor({ state: 'hidden' });
  },

  count: (command) => page(command).locator(command.selector).count(),

  texts: (command) => page(command).locator(command.selector).allInnerTexts(),

  async click(command) {
    await first(command).click({ button: command.button ?? 'left' });
  },

  async hover(command) {
    await first(command).hover();
  },

  async press(command) {
    await page(command).keyboard.press(command.key);
  },

  async type(command) {
    await page(command).keyboard.type(command.text);
  },

  async fill(command) {
    await first(command).fill(command.text);
  },

  attribute: (command) => first(command).getAttribute(command.name),

  /** Runs a command by its name in the palette, which knows an extension's commands some time after it opened. */
  async run(command) {
    const palette = page(command).locator('.quick-input-widget');
    const row = palette.locator('.monaco-list-row', { hasText: command.title }).first();
    for (let attempt = 1; ; attempt += 1) {
      await page(command).keyboard.press('F1');
      await palette.locator('input').first().fill(`>${command.title}`);
      try {
        await row.click({ timeout: PATIENCE / 4 });
        return;
      } catch (problem) {
        if (attempt === 3) {
          throw problem;
        }
        await page(command).keyboard.press('Escape');
      }
    }
  },

  async shot(command) {
    await page(command).screenshot({ path: path.join(screenshots, `${command.name}.png`), clip: command.clip });
  },

  /** Takes the page a window opened under a name, and tells its address. */
  async popup({ as }) {
    const end = Date.now() + PATIENCE;
    while (opened.length === 0) {
      if (Date.now() > end) {
        throw new Error('no page was opened');
      }
      await new Promise((resume) => setTimeout(resume, 50));
    }
    const fresh = opened.shift();
    pages.set(as, fresh);
    await fresh.waitForLoadState('load');
    return fresh.url();
  },

  /** How many pages were opened that nobody has looked at. */
  unseen: () => opened.length,

  /** Fills in sign-in and consent pages until none is left; gives where that ended and what can be read there. */
  async signIn(command) {
    for (let step = 0; step < 8 && (await signInStep(page(command), command.user)); step += 1);
    return { url: page(command).url(), text: await page(command).locator('body').innerText() };
  },

  complaints: () => complaints,
};

console.log(JSON.stringify({ ready: true }));
for await (const line of createInterface({ input: process.stdin })) {
  const command = JSON.parse(line);
  try {
    console.log(JSON.stringify({ answer: (await deeds[command.do](command)) ?? null }));
  } catch (problem) {
    const shot = path.join(screenshots, `failed-${Date.now()}.png`);
    await page(command)?.screenshot({ path: shot }).catch(() => {});
    console.log(JSON.stringify({ problem: `${line}: ${problem}`, shot, complaints }));
  }
}
await browser.close();
