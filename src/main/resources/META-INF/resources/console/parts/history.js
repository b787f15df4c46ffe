// The last five minutes of each stream, as far as this page has seen them. Bounded: 300 points a stream, 2,000 streams.

import { fates } from './fates.js';

const POINTS = 300;
const STREAMS = 2000;
const seen = new Map();

/** Adds what a stream has done until now, at most once a second. */
export function record(name, statistics, now = Date.now()) {
  let history = seen.get(name);
  if (!history) {
    history = { times: [], rates: [], latencies: [], queues: [], lost: [], last: null, elapsed: 0 };
    seen.set(name, history);
    if (seen.size > STREAMS) {
      seen.delete(seen.keys().next().value);
    }
  }
  const last = history.times[history.times.length - 1] || 0;
  if (now - last < 900) {
    return history;
  }
  push(history.times, now);
  push(history.rates, statistics.currentSamplesPerSecond);
  push(history.latencies, Math.max(0, ...statistics.sinks.map(sink => sink.latencySeconds)));
  push(history.queues, Math.max(0, ...statistics.sinks.map(sink => sink.queue.utilisation)));
  push(history.lost, fates(statistics).lost);
  return history;
}

function push(list, value) {
  list.push(value);
  if (list.length > POINTS) {
    list.shift();
  }
}

export function historyOf(name) {
  return seen.get(name) || { times: [], rates: [], latencies: [], queues: [], lost: [] };
}
