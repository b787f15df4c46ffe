package io.freshet.stream;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** One lock per name, so that work on one stream, which may wait for a slow sink, never waits for work on another. */
final class NamedLocks {

    private static final class Counted {
        private final ReentrantLock lock = new ReentrantLock();
        /** Threads that hold the lock or wait for it; changed under the lock of the map entry. */
        private int users;
    }

    private final ConcurrentMap<String, Counted> locks = new ConcurrentHashMap<>();

    <T> T locked(String name, Supplier<T> work) {
        Counted counted = locks.compute(name, (key, known) -> {
            Counted entry = known == null ? new Counted() : known;
            entry.users++;
            return entry;
        });
        counted.lock.lock();
        try {
            return work.get();
        } finally {
            counted.lock.unlock();
            locks.computeIfPresent(name, (key, entry) -> --entry.users == 0 ? null : entry);
        }
    }
}
