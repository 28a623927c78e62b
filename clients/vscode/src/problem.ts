// An expected failure as the person is told of it: a sentence, and one thing to do.

/** `missing`: there is no program to start. `failed`: there is one, and it does not work. */
export type ProblemKind = 'missing' | 'failed';

export class Problem extends Error {
  constructor(
    readonly kind: ProblemKind,
    message: string,
    /** One thing to do about it, as a sentence. */
    readonly action: string,
  ) {
    super(message);
    this.name = 'Problem';
  }

  get sentence(): string {
    return `${this.message} ${this.action}`.trim();
  }
}

/** The sentence for anything that was thrown; Drawbridge's own errors bring the next step in their data. */
export function sentenceOf(error: unknown): string {
  if (error instanceof Problem) {
    return error.sentence;
  }
  const { message, data } = (error ?? {}) as { message?: unknown; data?: { action?: unknown } | null };
  const action = typeof data?.action === 'string' ? ` ${data.action}` : '';
  return (typeof message === 'string' && message !== '' ? message : String(error)) + action;
}

/** Words of others for a message, where `[text](command:…)` would be a link that runs something. */
export function unlinked(words: string): string {
  return words.replaceAll('](', '] (');
}
