// The fields of a form, from the restricted JSON Schema of MCP's `elicitation/create`. Pure.
import type { LSPAny, LSPObject } from '../generated/protocol';

export interface Choice {
  readonly value: LSPAny;
  readonly title: string;
}

export interface Field {
  readonly name: string;
  readonly label: string;
  readonly hint: string;
  readonly required: boolean;
  /** `text` is typed, and checked by {@link problemWith}; of `choice` one is picked, of `choices` several. */
  readonly kind: 'text' | 'choice' | 'choices';
  readonly choices: readonly Choice[];
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
      kind: multiple && choices.length > 0 ? 'choices' : choices.length > 0 ? 'choice' : 'text',
      choices,
      schema: property,
      initial: property['default'],
    };
  });
}

/** MCP has had several spellings of what there is to choose from. */
function choicesOf(schema: LSPObject): readonly Choice[] {
  if (schema['type'] === 'boolean') {
    return [
      { value: true, title: 'Yes' },
      { value: false, title: 'No' },
    ];
  }
  const names = list(schema['enumNames']);
  const plain = list(schema['enum']).map((value, at) => ({ value, title: string(names[at]) || String(value) }));
  const titled = [...list(schema['oneOf']), ...list(schema['anyOf'])].map(object).filter((one) => one['const'] !== undefined);
  return [...plain, ...titled.map((one) => ({ value: one['const'] ?? null, title: string(one['title']) || String(one['const']) }))];
}

/** What is wrong with a typed text, as a sentence; nothing when it is fine. */
export function problemWith(field: Field, text: string): string | undefined {
  if (text === '') {
    return field.required && field.schema['minLength'] !== 0 ? 'This is needed.' : undefined;
  }
  const { type, format } = field.schema;
  if (type === 'number' || type === 'integer') {
    const value = Number(text);
    const noun = type === 'integer' ? 'a whole number' : 'a number';
    if (text.trim() === '' || !Number.isFinite(value) || (type === 'integer' && !Number.isInteger(value))) {
      return `This is ${noun}.`;
    }
    return range(value, field.schema['minimum'], field.schema['maximum'], '');
  }
  const length = range([...text].length, field.schema['minLength'], field.schema['maxLength'], ' characters');
  return length ?? (typeof format === 'string' && FORMATS[format] && !FORMATS[format].test(text) ? `This is ${NAMES[format]}.` : undefined);
}

const FORMATS: Readonly<Record<string, RegExp>> = {
  email: /^[^\s@]+@[^\s@]+$/,
  uri: /^[a-z][a-z0-9+.-]*:\S+$/i,
  date: /^\d{4}-\d{2}-\d{2}$/,
  'date-time': /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/i,
};
const NAMES: Readonly<Record<string, string>> = {
  email: 'an email address',
  uri: 'an address such as https://example.com',
  date: 'a date such as 2026-11-23',
  'date-time': 'a moment such as 2026-11-23T18:00:00Z',
};

function range(value: number, least: LSPAny | undefined, most: LSPAny | undefined, unit: string): string | undefined {
  if (typeof least === 'number' && value < least) {
    return `At least ${least}${unit}.`;
  }
  return typeof most === 'number' && value > most ? `At most ${most}${unit}.` : undefined;
}

/** The value of a typed text that has no problem; undefined leaves the field out. */
export function valueOf(field: Field, text: string): LSPAny | undefined {
  if (text === '' && !field.required) {
    return undefined;
  }
  const { type } = field.schema;
  return type === 'number' || type === 'integer' ? Number(text) : text;
}

function object(value: LSPAny | undefined): LSPObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as LSPObject) : {};
}

function list(value: LSPAny | undefined): readonly LSPAny[] {
  return Array.isArray(value) ? (value as readonly LSPAny[]) : [];
}

function string(value: LSPAny | undefined): string {
  return typeof value === 'string' ? value : '';
}
