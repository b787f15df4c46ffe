// What is wrong with a stream: one word and one sentence, the same in every view.

import { words } from '../format.js';

const BLOCKED = 'STAGE_PASSES_NOTHING';

/** A sentence about the stage that passes no record on; empty if all stages pass some. */
export function blocked(alerts = []) {
  return alerts.find(alert => alert.name === BLOCKED)?.reason || '';
}

/** Returns the stream with `trouble`, a sentence that may be empty, and `word`, its state as people see it. */
export function troubled(stream, alerts = []) {
  const sink = stream.statistics?.sinks.find(each => each.failing);
  const trouble = stream.reason || stream.statistics?.error || stream.statistics?.source.lastError
    || (sink && `${sink.name}: ${sink.lastError || 'does not accept records'}`) || blocked(alerts)
    || alerts.map(alert => words(alert.name) + (alert.sink ? ` (${alert.sink})` : '')).concat(alerts.find(alert => alert.reason)?.reason || []).join(', ');
  return { ...stream, trouble, word: stream.state === 'running' && trouble ? 'degraded' : stream.state };
}
