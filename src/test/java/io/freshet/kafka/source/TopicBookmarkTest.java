package io.freshet.kafka.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;

import org.junit.jupiter.api.Test;

class TopicBookmarkTest {

    @Test
    void isParsedFromItsText() {
        TopicBookmark bookmark = new TopicBookmark(Map.of(1, 4712L, 0, 4711L));

        assertThat(bookmark).hasToString("0@4711,1@4712");
        assertThat(TopicBookmark.parse("0@4711,1@4712")).isEqualTo(bookmark);
        assertThat(TopicBookmark.parse(TopicBookmark.NONE.toString())).isEqualTo(TopicBookmark.NONE);
    }

    @Test
    void rejectsOtherTexts() {
        for (String text : new String[] { "0@x", "5", "0@1,", "0@1,5", "@1", "0@1,0@2" }) {
            assertThatIllegalArgumentException().as(text).isThrownBy(() -> TopicBookmark.parse(text));
        }
    }
}
