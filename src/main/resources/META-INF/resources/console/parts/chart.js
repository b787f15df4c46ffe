// Small charts as SVG. Each has a text for those who do not see it.

import { h } from '../dom.js';
import { clock, number, percent } from '../format.js';

const WIDTH = 240;
const HEIGHT = 60;

function points(values, top, width = WIDTH, height = HEIGHT) {
  const step = width / Math.max(1, values.length - 1);
  return values.map((value, index) => `${(index * step).toFixed(1)},${(height - value / top * height).toFixed(1)}`);
}

/** A line of the last values without axes. */
export function spark(values, label) {
  if (values.length < 2) {
    return h('svg', { class: 'spark', 'aria-hidden': 'true', viewBox: `0 0 ${WIDTH} ${HEIGHT}` });
  }
  const line = points(values, Math.max(...values, 1e-9));
  return h('svg', { class: 'spark', viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: 'none', role: 'img', 'aria-label': label },
    h('path', { class: 'area', d: `M0,${HEIGHT}L${line.join('L')}L${WIDTH},${HEIGHT}Z` }), h('path', { d: `M${line.join('L')}` }));
}

/** A round number that is not less, so that the axis reads well. */
export function ceiling(value) {
  if (value <= 0) {
    return 1;
  }
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 1.5, 2, 3, 4, 5, 6, 8, 10].find(step => step * power >= value) * power;
}

/** Values over time with an axis that reaches at least `least`; `times` are milliseconds since 1970. */
export function lines(name, times, values, write = number, least = 0) {
  const top = ceiling(Math.max(least, ...values));
  const line = points(values, top);
  const last = values[values.length - 1];
  return h('figure', { class: 'figure' }, h('figcaption', null, h('strong', null, name), ' ',
    h('span', { class: 'quiet' }, values.length ? write(last) : 'no data yet')),
  h('div', { class: 'plot' }, h('div', { class: 'ticks', 'aria-hidden': 'true' }, h('span', null, write(top)), h('span', null, write(top / 2)),
    h('span', null, write(0))),
  h('svg', { class: 'chart', viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: 'none', role: 'img',
    'aria-label': values.length ? `${name}: now ${write(last)}, between ${write(Math.min(...values))} and ${write(Math.max(...values))}` : `${name}: no data yet` },
  [0, 0.5, 1].map(at => h('line', { class: 'grid', x1: 0, x2: WIDTH, y1: at * HEIGHT, y2: at * HEIGHT })),
  values.length > 1 && [h('path', { class: 'area', d: `M0,${HEIGHT}L${line.join('L')}L${WIDTH},${HEIGHT}Z` }), h('path', { d: `M${line.join('L')}` })])),
  times.length > 1 && h('div', { class: 'axis' }, h('span', null, clock(times[0])), h('span', null, clock(times[times.length - 1]))));
}

/** A small distribution: bars is a list of { label, share }. */
export function histogram(bars, label) {
  const top = Math.max(...bars.map(bar => bar.share), 1e-9);
  const width = 200 / bars.length;
  return h('svg', { class: 'bars', viewBox: '0 0 200 44', preserveAspectRatio: 'none', role: 'img', 'aria-label': label },
    bars.map((bar, index) => h('rect', { x: index * width + 0.5, y: 44 - Math.max(bar.share > 0 ? 1 : 0, bar.share / top * 44),
      width: Math.max(1, width - 1), height: Math.max(bar.share > 0 ? 1 : 0, bar.share / top * 44) },
    h('title', null, `${bar.label}: ${percent(bar.share)}`))));
}

/** Real values filled, synthetic ones as an outline, over the same axis. */
export function compared(bars, label) {
  const top = Math.max(...bars.flatMap(bar => [bar.real, bar.synthetic]), 1e-9);
  const width = 200 / bars.length;
  const tall = share => share / top * 70;
  return h('svg', { class: 'bars tall', viewBox: '0 0 200 74', preserveAspectRatio: 'none', role: 'img', 'aria-label': label },
    bars.map((bar, index) => h('g', null, h('title', null, `${bar.label}: ${percent(bar.real)} real, ${percent(bar.synthetic)} synthetic`),
      h('rect', { class: 'real', x: index * width + 0.5, y: 74 - tall(bar.real), width: Math.max(1, width - 1), height: tall(bar.real) }),
      h('rect', { class: 'made', x: index * width + 0.5, y: 74 - tall(bar.synthetic), width: Math.max(1, width - 1), height: tall(bar.synthetic) }))));
}

export function meter(share, label, warn) {
  return h('span', { class: `meter ${warn ? 'warn' : ''}`, role: 'img', 'aria-label': `${label}: ${percent(share)}` },
    h('span', { style: { width: `${Math.min(100, share * 100)}%` } }));
}
