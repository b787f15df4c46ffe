package io.freshet.model.declared;

import java.util.ArrayList;
import java.util.List;

import io.freshet.table.Notice;

/** Collects what an import has to say, by field. */
final class Notes {

    private final List<Notice> notices = new ArrayList<>();

    void add(String field, String message) {
        Notice notice = Notice.ofColumn(field, message);
        if (!notices.contains(notice)) {
            notices.add(notice);
        }
    }

    List<Notice> notices() {
        return List.copyOf(notices);
    }
}
