package io.freshet.score;

import java.util.List;
import java.util.Optional;

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
     * @param suggestions the parameters of the next fit that the advice names
     */
    public record Remark(String text, String advice, List<Suggestion> suggestions) {

        public Remark {
            suggestions = List.copyOf(suggestions);
        }
    }

    /**
     * A parameter of the next fit.
     *
     * @param parameter the name of the query parameter
     * @param value empty if the owner of the table has to choose it
     */
    public record Suggestion(String parameter, Optional<String> value) {

        static Suggestion of(String parameter, String value) {
            return new Suggestion(parameter, Optional.of(value));
        }

        static Suggestion open(String parameter) {
            return new Suggestion(parameter, Optional.empty());
        }
    }
}
