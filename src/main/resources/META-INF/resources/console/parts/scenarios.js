// Definitions to begin from. MODEL stands for the name of a model, CONDITIONS for conditions on its columns.

import { flow } from './yaml.js';

export const SCENARIOS = [
  ['table', 'A table to Kafka', 'Rows like those of a model, at a pace, to a topic.',
    'name: MODEL-live\nsource: { model: MODEL, seed: 42 }\npace: { recordsPerSecond: 100 }\nsinks:\n  - kafka: { topic: MODEL }\n  - websocket: {}\n'],
  ['once', 'A million rows at once', 'As fast as the broker takes them; then it is completed.',
    'name: MODEL-once\nsource: { model: MODEL, seed: 42 }\npace: { maxRecords: 1000000 }\nsinks:\n  - kafka: { topic: MODEL-bulk }\n'],
  ['rare', 'Only rows that matter', 'Every row meets conditions on columns, however rare that is.',
    'name: MODEL-some\nsource: { model: MODEL, seed: 42, conditions: CONDITIONS }\npace: { recordsPerSecond: 50 }\nsinks:\n  - kafka: { topic: MODEL-some }\n  - websocket: {}\n'],
  ['pattern', 'Test records, no model', 'Clicks and purchases of a hundred users.',
    'name: clicks\nsource: { pattern: { seed: 42 } }\npace: { recordsPerSecond: 100 }\nsinks:\n  - websocket: {}\n'],
  ['windows', 'Sums in sliding windows', 'Purchases of each user, every ten seconds.',
    'name: purchases-by-user\nsource: { pattern: { seed: 42 } }\npace: { recordsPerSecond: 500 }\nstages:\n  - filter: { field: event_type, op: equals, value: purchase }\n  - window: { size: 60s, slide: 10s, time: timestamp, key: user_id, values: { value: [ sum, mean, p99 ] } }\nsinks:\n  - websocket: {}\n'],
  ['sensors', 'Sensors with windows and voxels', 'Readings over a plate: mean and peak each second, and a heat map of layers.',
    'name: plate\nsource: { pattern: { seed: 42 } }\npace: { recordsPerSecond: 400 }\nstages:\n  - transform: { set: { x: { expression: \'sequence % 40\' }, y: { expression: \'sequence / 40 % 20\' }, z: { expression: \'sequence / 800 % 5\' }, celsius: { expression: \'180.0 + value / 10.0\' } } }\n  - voxels: { x: x, y: y, z: z, min: [ 0, 0, 0 ], max: [ 40, 20, 5 ], cell: [ 1, 1, 1 ], signals: [ celsius ] }\n  - window: { size: 1s, time: timestamp, values: { celsius: [ mean, max ] } }\nsinks:\n  - websocket: {}\n'],
  ['filter', 'A filter', 'An expression passes some records, and drops the others.',
    'name: large-purchases\nsource: { pattern: { seed: 42 } }\npace: { recordsPerSecond: 200 }\nstages:\n  - filter: { expression: \'event_type == "purchase" && value > 50.0\' }\nsinks:\n  - websocket: {}\n'],
  ['route', 'Route by kind', 'Purchases to one topic, everything else to another.',
    'name: routed\nsource: { pattern: {} }\npace: { recordsPerSecond: 200 }\nstages:\n  - route: { rules: [ { when: { field: event_type, op: equals, value: purchase }, to: purchases } ] }\nsinks:\n  - { name: purchases, kafka: { topic: purchases } }\n  - { name: others, kafka: { topic: clicks } }\n'],
  ['mask', 'Hide and rename fields', 'New fields by expressions, others removed.',
    'name: reshaped\nsource: { pattern: {} }\npace: { recordsPerSecond: 100 }\nstages:\n  - transform: { set: { net: { expression: \'value / 1.19\' } }, rename: { value: gross }, remove: [ user_id ] }\nsinks:\n  - websocket: {}\n'],
  ['expect', 'A quality check', 'Records that fail it become dead letters.',
    'name: checked\nsource: { pattern: {} }\npace: { recordsPerSecond: 50 }\nstages:\n  - expect: { checks: [ { name: not-too-dear, that: { field: value, op: less_than, value: 950 } } ], on_failure: dead_letter }\nsinks:\n  - websocket: {}\n'],
  ['retail', 'A day in a retail chain', 'Customers, receipts, stock and trucks, event by event.',
    'name: shops\nsource: { retail: { stores: 5, customers: 2000, products: 500, centres: 1, start: now-1d, speed: 60 } }\nsinks:\n  - kafka: { topic: retail-events }\n  - websocket: {}\n'],
  ['twin', 'A twin of a topic', 'Learns a topic, and sends synthetic rows in its place.',
    'name: orders-twin\nsource: { twin: { topic: orders, min_rows: 500 } }\nsinks:\n  - kafka: { topic: orders-synthetic }\n'],
  ['chaos', 'Faults on purpose', 'Late, duplicate, corrupt and missing records, each labelled.',
    'name: faulty\nsource: { pattern: { seed: 42 } }\npace: { recordsPerSecond: 100 }\nchaos: { seed: 1, late: 0.01, duplicate: 0.01, out_of_order: 0.02, drop: 0.005, corrupt: 0.001, field: true }\nsinks:\n  - kafka: { topic: faulty }\n  - websocket: {}\n'],
  ['push', 'Records that you push', 'Takes records over HTTP, and sends them on.',
    'name: inbox\nsource: { http: {} }\nstages:\n  - filter: { field: id, op: exists }\nsinks:\n  - kafka: { topic: inbox }\n  - websocket: {}\n'],
];

/** Returns the definition of a scenario. Without conditions, an example of the model's own columns is shown. */
export function definition(id, name, model, conditions) {
  const found = SCENARIOS.find(([each]) => each === id) || SCENARIOS[0];
  return found[3].replaceAll('CONDITIONS', () => flow(conditions || example(model))).replaceAll('MODEL', () => name || 'birdstrikes');
}

/** The rarest value of the column with the fewest ones. */
function example(model) {
  const columns = (model?.columns || []).filter(column => Object.keys(column.shares || {}).length > 1)
    .sort((a, b) => Object.keys(a.shares).length - Object.keys(b.shares).length);
  if (!columns.length) {
    return {};
  }
  const [value] = Object.entries(columns[0].shares).reduce((least, each) => each[1] < least[1] ? each : least);
  return { [columns[0].name]: columns[0].type === 'boolean' && /^(true|false)$/.test(value) ? value === 'true' : value };
}
