package io.freshet.score;

import java.util.List;

/**
 * The meaning of a table's scores, in words.
 *
 * @param summary one sentence about the table as a whole
 * @param good the aspects that are as good as in real rows
 * @param noticed the differences that a close look would reveal, the worst first
 */
public record Verdict(String summary, List<String> good, List<Remark> noticed) {

    public Verdict {
        good = List.copyOf(good);
        noticed = List.copyOf(noticed);
    }

    /**
     * A difference that a close look would reveal.
     *
     * @param text describes the difference
     * @param advice suggests a remedy, such as a parameter to pass; may be empty
     */
    public record Remark(String text, String advice) {
    }
}
