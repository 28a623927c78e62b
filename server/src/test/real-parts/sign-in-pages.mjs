// What a person does at the authorization server's pages: signs in under a name, and agrees.

/** Does what the page asks for; false when it asks for nothing. */
export async function signInStep(page, user) {
  const login = page.locator('input[name=login]');
  if (await login.count()) {
    await login.fill(user);
    const password = page.locator('input[name=password]');
    if (await password.count()) {
      await password.fill('any');
    }
    await submit(page, 'button[type=submit], button[value=allow]');
    return true;
  }
  if (await page.locator('input[name=prompt][value=consent]').count()) {
    await submit(page, 'button[type=submit]');
    return true;
  }
  return false;
}

async function submit(page, selector) {
  await Promise.all([page.waitForNavigation({ waitUntil: 'load' }), page.locator(selector).first().click()]);
}
