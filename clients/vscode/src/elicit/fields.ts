// The fields of a form, from the restricted JSON Schema of MCP's `elicitation/create`. Pure.
import type { LSPAny, LSPObject } from '../generated/protocol';

export interface Field {
  readonly name: string;
  readonly label: string;
  readonly hint: string;
  readonly required: boolean;
  /** `text` is typed, and checked by {@link problemWith}; of `choice` one is picked, of `choices` several. */
  readonly kind: 'text' | 'choice' | 'choices';
  readonly choices: readonly { readonly value: LSPAny; readonly title: string }[];
  readonly schema: LSPObject;
  readonly initial: LSPAny | undefined;
}

export function fieldsOf(schema: LSPObject): readonly Field[] {
  const required = list(schema['required']);
  return Object.entries(object(schema['properties'])).map(([name, value]) => {
    const property = object(value);
    const multiple = property['type'] === 'array';
    const choices = choicesOf(multiple ? object(property['items']) : property);
    return {
      name,
      label: string(property['title']) || name,
      hint: string(property['description']),
      required: required.includes(name),
      kind: choices.length === 0 ? 'text' : multiple ? 'choices' : 'choice',
      choices,
      schema: property,
      initial: property['default'],
    };
  });
}

/** MCP has had several spellings of what there is to choose from. */
function choicesOf(schema: LSPObject): Field['choices'] {
  if (schema['type'] === 'boolean') {
    return [{ value: true, title: 'Yes' }, { value: false, title: 'No' }];
  }
  const names = list(schema['enumNames']);
  const titled = [...list(schema['oneOf']), ...list(schema['anyOf'])].map(object);
  return [
    ...list(schema['enum']).map((value, at) => ({ value, title: string(names[at]) || String(value) })),
    ...titled.flatMap(({ const: value, title }) => (value === undefined ? [] : [{ value, title: string(title) || String(value) }])),
  ];
}

/** What is wrong with a typed text, as a sentence; nothing when it is fine. */
export function problemWith({ required, schema }: Field, text: string): string | undefined {
  const { type, format } = schema;
  if (text === '') {
    return required && schema['minLength'] !== 0 ? 'This is needed.' : undefined;
  }
  if (type === 'number' || type === 'integer') {
    const value = text.trim() === '' ? NaN : Number(text);
    const fits = type === 'integer' ? Number.isInteger(value) : Number.isFinite(value);
    return fits ? range(value, schema['minimum'], schema['maximum'], '') : `This is ${type === 'integer' ? 'a whole number' : 'a number'}.`;
  }
  const [pattern, noun] = FORMATS[string(format)] ?? [/^/, ''];
  return range([...text].length, schema['minLength'], schema['maxLength'], ' characters') ?? (pattern.test(text) ? undefined : `This is ${noun}.`);
}

const FORMATS: Readonly<Record<string, readonly [RegExp, string]>> = {
  email: [/^[^\s@]+@[^\s@]+$/, 'an email address'],
  uri: [/^[a-z][a-z0-9+.-]*:\S+$/i, 'an address such as https://example.com'],
  date: [/^\d{4}-\d{2}-\d{2}$/, 'a date such as 2026-11-23'],
  'date-time': [/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/i, 'a moment such as 2026-11-23T18:00:00Z'],
};

function range(value: number, least: LSPAny | undefined, most: LSPAny | undefined, unit: string): string | undefined {
  if (typeof least === 'number' && value < least) {
    return `At least ${least}${unit}.`;
  }
  return typeof most === 'number' && value > most ? `At most ${most}${unit}.` : undefined;
}

/** The value of a typed text that has no problem; undefined leaves the field out. */
export function valueOf({ required, schema: { type } }: Field, text: string): LSPAny | undefined {
  if (text === '' && !required) {
    return undefined;
  }
  return type === 'number' || type === 'integer' ? Number(text) : text;
}

function object(value: LSPAny | undefined): LSPObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as LSPObject) : {};
}

function list(value: LSPAny | undefined): readonly LSPAny[] {
  return Array.isArray(value) ? value : [];
}

function string(value: LSPAny | undefined): string {
  return typeof value === 'string' ? value : '';
}
