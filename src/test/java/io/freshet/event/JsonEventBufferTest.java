package io.freshet.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;

class JsonEventBufferTest {

    private static final byte[] SUFFIX = utf8("_v2");
    private static final byte[] MARK = utf8("\"_chaos\":\"late\"");

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static JsonEventBuffer message(String record, String key) {
        JsonEventBuffer events = JsonEventBuffer.create();
        events.append(utf8(record), 17, utf8(key), "0-4", 3, Headers.NONE);
        return events;
    }

    private static String text(JsonEventBuffer events, int event) {
        return new String(events.bytes(), events.start(event), events.end(event) - events.start(event),
                StandardCharsets.UTF_8);
    }

    private static void assertMessage(JsonEventBuffer events, int event, String record, String key) {
        assertThat(text(events, event)).isEqualTo(record);
        assertThat(events.key(event)).isEqualTo(utf8(key));
        assertThat(events.partition(event)).isEqualTo(3);
        assertThat(events.time(event)).isEqualTo(17);
    }

    @Test
    void aMessageKeepsKeyAndPartitionWhenAFieldIsRenamedAndAMemberAdded() {
        JsonEventBuffer events = JsonEventBuffer.create();
        JsonEventBuffer from = message("{\"a\":1}", "key");

        events.rename(from, 0, "drift", SUFFIX);
        events.addMember(MARK);
        events.copy(from, 0, null);

        assertMessage(events, 0, "{\"a_v2\":1,\"_chaos\":\"late\"}", "key");
        assertMessage(events, 1, "{\"a\":1}", "key");
    }

    @Test
    void aKeyWithinTheRecordIsFoundAfterARename() {
        JsonEventBuffer from = JsonEventBuffer.create();
        JsonBytes json = from.begin();
        for (char c : "{\"id\":\"x7\"}".toCharArray()) {
            json.put(c);
        }
        from.end(5, json.position() - 4, json.position() - 2);
        JsonEventBuffer events = JsonEventBuffer.create();

        events.rename(from, 0, null, SUFFIX);
        events.addMember(MARK);

        assertThat(events.key(0)).isEqualTo(from.key(0)).isEqualTo(utf8("x7"));
    }

    @Test
    void onlyObjectsTakeAMember() {
        JsonEventBuffer events = JsonEventBuffer.create();
        events.copy(message("{}", "k"), 0, null);
        events.addMember(MARK);
        events.copy(message("{\"a\":1} \n", "k"), 0, null);
        events.addMember(MARK);
        events.copy(message("", "k"), 0, null);
        events.addMember(MARK);
        events.copy(message("[1]", "k"), 0, null);
        events.addMember(MARK);

        assertMessage(events, 0, "{\"_chaos\":\"late\"}", "k");
        assertMessage(events, 1, "{\"a\":1,\"_chaos\":\"late\"}", "k");
        assertMessage(events, 2, "", "k");
        assertThat(events.isTombstone(2)).isTrue();
        assertMessage(events, 3, "[1]", "k");
    }
}
