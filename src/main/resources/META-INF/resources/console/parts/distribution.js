// Distributions of columns, counted from rows that the model draws: what one sees is what one gets.

const BINS = 20;
const MOST_CATEGORIES = 12;

/** Returns bars of { label, share } for each column of some rows. */
export function distributions(columns, rows) {
  return new Map(columns.map(column => [column.name, bars(column, rows)]));
}

function bars(column, rows) {
  const values = rows.map(row => row[column.name]).filter(value => value !== null && value !== undefined);
  if (!values.length || column.type === 'text' || column.type === 'identifier') {
    return [];
  }
  if (column.shares) {
    return Object.entries(column.shares).slice(0, MOST_CATEGORIES).map(([label, share]) => ({ label, share }));
  }
  const numbers = values.map(value => typeof value === 'number' ? value : moment(value)).filter(value => !Number.isNaN(value));
  return numbers.length > values.length / 2 ? binned(numbers, column.type === 'datetime') : counted(values);
}

function moment(text) {
  const time = Date.parse(text);
  return Number.isNaN(time) ? Number.parseFloat(String(text).replace(/[^\d.eE-]/g, '')) : time;
}

/** Bins of equal width between the 1st and the 99th of a hundred values, so that few large values do not hide the others. */
function binned(numbers, dates) {
  const sorted = numbers.sort((a, b) => a - b);
  const at = share => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
  const least = at(0.01);
  const width = (at(0.99) - least) / BINS || 1;
  const counts = new Array(BINS).fill(0);
  sorted.forEach(value => counts[Math.max(0, Math.min(BINS - 1, Math.floor((value - least) / width)))]++);
  const write = value => dates ? new Date(value).toISOString().slice(0, 10) : String(Number(value.toPrecision(4)));
  return counts.map((size, bin) => ({ label: `${write(least + bin * width)} to ${write(least + (bin + 1) * width)}`, share: size / sorted.length }));
}

function counted(values) {
  const counts = new Map();
  values.forEach(value => counts.set(String(value), (counts.get(String(value)) || 0) + 1));
  return [...counts].sort((a, b) => b[1] - a[1]).slice(0, MOST_CATEGORIES).map(([label, size]) => ({ label, share: size / values.length }));
}
