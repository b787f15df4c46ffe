// What becomes of the records of a stream, in the words that all views use.

export const FATES = {
  made: 'Records that the source has given since the stream started here',
  delivered: 'Records that a sink has, each counted once however many sinks have it',
  lost: 'Records that became dead letters, were dropped because a queue was full, or were abandoned; counted for each sink',
  dropped: 'Records that a stage dropped on purpose',
};

export function fates(statistics) {
  return { made: statistics.events_generated, delivered: statistics.events_sent_successfully,
    lost: statistics.events_failed + statistics.sinks.reduce((sum, sink) => sum + sink.dropped, 0) };
}
