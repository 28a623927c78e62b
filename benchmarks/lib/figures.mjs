// Figures of several runs, and how they are printed. Times are in milliseconds, memory in MB of 1,000,000 bytes.

/** The value below which this share of the values lies (nearest rank). */
export function percentile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1))];
}

export const median = (values) => percentile(values, 0.5);

const rounded = (value) => (value >= 100 ? Math.round(value) : value >= 10 ? value.toFixed(1) : value.toFixed(2));

/** "57 / 61 ms (20 runs)": the median, the 95th percentile, and of how many. */
export function spread(values, unit) {
  return `${rounded(median(values))} / ${rounded(percentile(values, 0.95))} ${unit} (${values.length})`;
}

export const amount = (value, unit) => `${rounded(value)} ${unit}`;

/** Ours over theirs, of the medians. */
export function ratio(ours, theirs) {
  const of = (figure) => (Array.isArray(figure) ? median(figure) : figure);
  return of(theirs) > 0 ? (of(ours) / of(theirs)).toFixed(2) : '–';
}
