package io.freshet.stage;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Counts how often results were amended, by the start of the window and key. Not thread-safe. */
final class Revisions {

    private final NavigableMap<Long, Map<String, Integer>> windows = new TreeMap<>();

    /** Returns the number of the next revision, starting at 1. */
    int next(long start, String key) {
        return windows.computeIfAbsent(start, window -> new LinkedHashMap<>()).merge(key, 1, Integer::sum);
    }

    void forgetBefore(long start) {
        windows.headMap(start, false).clear();
    }

    void write(DataOutput out) throws IOException {
        out.writeInt(windows.size());
        for (Map.Entry<Long, Map<String, Integer>> window : windows.entrySet()) {
            out.writeLong(window.getKey());
            out.writeInt(window.getValue().size());
            for (Map.Entry<String, Integer> each : window.getValue().entrySet()) {
                StageState.writeText(out, each.getKey());
                out.writeInt(each.getValue());
            }
        }
    }

    void read(DataInput in) throws IOException {
        int count = in.readInt();
        for (int window = 0; window < count; window++) {
            long start = in.readLong();
            int size = in.readInt();
            Map<String, Integer> keys = windows.computeIfAbsent(start, each -> new LinkedHashMap<>());
            for (int i = 0; i < size; i++) {
                keys.put(StageState.readText(in), in.readInt());
            }
        }
    }
}
