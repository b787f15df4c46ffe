import { h } from '../dom.js';

const PATHS = {
  brand: 'M2 8c3.500-4.500 6.500 4.500 10 0s6.500-4.500 10 0M2 16c3.500-4.500 6.500 4.500 10 0s6.500-4.500 10 0',
  sun: 'M12 7a5 5 0 1 0 0 10 5 5 0 0 0 0-10M12 1v2M12 21v2M4.200 4.200l1.400 1.400M18.400 18.400l1.400 1.400M1 12h2M21 12h2M4.200 19.800l1.400-1.400M18.400 5.600l1.400-1.400',
  moon: 'M20 14.500A8.500 8.500 0 0 1 9.500 4 8.500 8.500 0 1 0 20 14.500',
  half: 'M12 3a9 9 0 1 0 0 18zM12 3a9 9 0 0 1 0 18',
  more: 'M5 12h.01M12 12h.01M19 12h.01',
  find: 'M10.500 4a6.500 6.500 0 1 0 0 13 6.500 6.500 0 0 0 0-13M15.500 15.500L21 21',
  table: 'M3 5h18v14H3zM3 10h18M9 10v9',
  upload: 'M12 16V4M7 9l5-5 5 5M4 20h16',
};

/** A decorative picture; the text beside it says the same. */
export function icon(name) {
  return h('svg', { viewBox: '0 0 24 24', fill: 'none', stroke: name === 'brand' ? 'var(--accent)' : 'currentColor',
    'stroke-width': name === 'more' ? 3 : 2, 'stroke-linecap': 'round', 'stroke-linejoin': 'round', 'aria-hidden': 'true' },
  h('path', { d: PATHS[name] }));
}
