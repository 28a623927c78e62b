// A form, one quick input per field. Escape leaves it, and the server is told that nothing was decided.
import { QuickInputButtons, window, type CancellationToken, type Disposable, type QuickInput, type QuickInputButton, type QuickPickItem } from 'vscode';
import type { LSPAny, LSPObject } from '../generated/protocol';
import { fieldsOf, problemWith, valueOf, type Choice, type Field } from './fields';

const BACK = Symbol('back');
const LEFT = Symbol('left');
type Answer = LSPAny | undefined | typeof BACK | typeof LEFT;

/** The values, or nothing when the person left. */
export async function askForm(server: string, message: string, schema: LSPObject, token: CancellationToken): Promise<LSPObject | undefined> {
  const fields = fieldsOf(schema);
  const values = new Map<string, LSPAny | undefined>();
  for (let at = 0; at < fields.length; ) {
    const field = fields[at] as Field;
    const place = { title: `${server}: ${message}`, step: at + 1, totalSteps: fields.length };
    const earlier = values.has(field.name) ? values.get(field.name) : field.initial;
    const answer = await (field.kind === 'text' ? askText(field, place, earlier, token) : askChoice(field, place, earlier, token));
    if (answer === LEFT) {
      return undefined;
    }
    if (answer === BACK) {
      at--;
    } else {
      values.set(field.name, answer as LSPAny | undefined);
      at++;
    }
  }
  return Object.fromEntries([...values].filter((entry): entry is [string, LSPAny] => entry[1] !== undefined));
}

interface Place {
  readonly title: string;
  readonly step: number;
  readonly totalSteps: number;
}

function askText(field: Field, place: Place, earlier: LSPAny | undefined, token: CancellationToken): Promise<Answer> {
  const input = window.createInputBox();
  input.prompt = words(field);
  input.value = earlier === undefined || earlier === null ? '' : String(earlier);
  return shown(input, place, token, (answer) => [
    input.onDidChangeValue((text) => (input.validationMessage = problemWith(field, text) ?? '')),
    input.onDidAccept(() => {
      const problem = problemWith(field, input.value);
      input.validationMessage = problem ?? '';
      if (problem === undefined) {
        answer(valueOf(field, input.value));
      }
    }),
    input.onDidTriggerButton(() => answer(BACK)),
  ]);
}

function askChoice(field: Field, place: Place, earlier: LSPAny | undefined, token: CancellationToken): Promise<Answer> {
  const pick = window.createQuickPick<QuickPickItem & { choice?: Choice }>();
  const items = field.choices.map((choice) => ({ label: choice.title, choice }));
  const chosen = items.filter(({ choice }) => (Array.isArray(earlier) ? (earlier as readonly LSPAny[]).includes(choice.value) : choice.value === earlier));
  pick.placeholder = words(field);
  pick.canSelectMany = field.kind === 'choices';
  pick.items = field.required || field.kind === 'choices' ? items : [...items, { label: 'Leave out', alwaysShow: true }];
  if (pick.canSelectMany) {
    pick.selectedItems = chosen;
  } else {
    pick.activeItems = chosen;
  }
  return shown(pick, place, token, (answer) => [
    pick.onDidAccept(() => {
      const values = pick.selectedItems.flatMap(({ choice }) => (choice ? [choice.value] : []));
      answer(field.kind === 'choices' ? values : values[0]);
    }),
    pick.onDidTriggerButton(() => answer(BACK)),
  ]);
}

function words(field: Field): string {
  return `${field.label}${field.required ? '' : ' (optional)'}${field.hint ? ` – ${field.hint}` : ''}`;
}

/** Shows an input until it is answered, closed by the person, or not wanted any more. */
async function shown(input: QuickInput & { buttons: readonly QuickInputButton[] }, place: Place, token: CancellationToken, listen: (answer: (value: Answer) => void) => Disposable[]): Promise<Answer> {
  Object.assign(input, place, { ignoreFocusOut: true });
  input.buttons = place.step > 1 ? [QuickInputButtons.Back] : [];
  let subscriptions: Disposable[] = [];
  try {
    return await new Promise<Answer>((resolve) => {
      subscriptions = [...listen(resolve), input.onDidHide(() => resolve(LEFT)), token.onCancellationRequested(() => resolve(LEFT))];
      input.show();
    });
  } finally {
    [...subscriptions, input].forEach((one) => void one.dispose());
  }
}
