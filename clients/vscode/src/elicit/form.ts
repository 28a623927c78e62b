// A form, one quick input per field. Escape leaves it, and the server is told that nothing was decided.
import { window, type CancellationToken } from 'vscode';
import type { LSPAny, LSPObject } from '../generated/protocol';
import { fieldsOf, problemWith, valueOf, type Field } from './fields';

/** An answer to one field; `LEFT` when the person closed the question. */
const LEFT = Symbol('left');
type Answer = LSPAny | undefined | typeof LEFT;

/** The values, or nothing when the person left. */
export async function askForm(server: string, message: string, schema: LSPObject, token: CancellationToken): Promise<LSPObject | undefined> {
  const fields = fieldsOf(schema);
  const content: Record<string, LSPAny> = {};
  for (const [at, field] of fields.entries()) {
    const title = `${server}: ${message}${fields.length > 1 ? ` (${at + 1}/${fields.length})` : ''}`;
    const answer = await (field.kind === 'text' ? askText(field, title, token) : askChoice(field, title, token));
    if (answer === LEFT) {
      return undefined;
    }
    if (answer !== undefined) {
      content[field.name] = answer as LSPAny;
    }
  }
  return content;
}

async function askText(field: Field, title: string, token: CancellationToken): Promise<Answer> {
  const value = field.initial === undefined || field.initial === null ? '' : String(field.initial);
  const text = await window.showInputBox({ title, prompt: words(field), value, ignoreFocusOut: true, validateInput: (typed) => problemWith(field, typed) }, token);
  return text === undefined ? LEFT : valueOf(field, text);
}

async function askChoice(field: Field, title: string, token: CancellationToken): Promise<Answer> {
  const initial: readonly LSPAny[] = Array.isArray(field.initial) ? field.initial : [field.initial ?? null];
  const items = field.choices.map(({ title: label, value }) => ({ label, value, picked: initial.includes(value) }));
  const options = { title, placeHolder: words(field), ignoreFocusOut: true };
  if (field.kind === 'choices') {
    const picked = await window.showQuickPick(items, { ...options, canPickMany: true }, token);
    return picked ? picked.map(({ value }) => value) : LEFT;
  }
  // What is offered first is what Enter takes.
  const sorted = [...items.filter(({ picked }) => picked), ...(field.required ? [] : [{ label: 'Leave out', value: undefined }]), ...items.filter(({ picked }) => !picked)];
  const picked = await window.showQuickPick(sorted, options, token);
  return picked ? picked.value : LEFT;
}

function words({ label, required, hint }: Field): string {
  return `${label}${required ? '' : ' (optional)'}${hint ? ` – ${hint}` : ''}`;
}
