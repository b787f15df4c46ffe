package io.freshet.mqtt;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.mqtt.MqttDecoder;
import io.netty.handler.codec.mqtt.MqttEncoder;
import io.netty.handler.codec.mqtt.MqttFixedHeader;
import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttPublishVariableHeader;
import io.netty.handler.codec.mqtt.MqttQoS;

/** Guards the version of the codec: that of 4.1.133 takes a message that arrives in two parts for one that is too large. */
class MqttDecoderTest {

    private static final int MAX_BYTES = 2_097_152;

    @ParameterizedTest
    @ValueSource(ints = { 1, 2, 3, 10, 15, 100 })
    void aMessageMayArriveInTwoParts(int firstPart) {
        EmbeddedChannel decoder = new EmbeddedChannel(new MqttDecoder(MAX_BYTES));
        ByteBuf bytes = publish();
        decoder.writeInbound(bytes.readBytes(firstPart));
        decoder.writeInbound(bytes);

        MqttPublishMessage message = decoder.readInbound();
        assertThat(message.decoderResult().isSuccess()).isTrue();
        assertThat(message.payload().toString(US_ASCII)).hasSize(200);
    }

    private static ByteBuf publish() {
        EmbeddedChannel encoder = new EmbeddedChannel(MqttEncoder.INSTANCE);
        encoder.writeOutbound(new MqttPublishMessage(
                new MqttFixedHeader(MqttMessageType.PUBLISH, false, MqttQoS.AT_LEAST_ONCE, false, 0),
                new MqttPublishVariableHeader("plant/press", 7), Unpooled.copiedBuffer("x".repeat(200), US_ASCII)));
        return Unpooled.wrappedBuffer((ByteBuf) encoder.readOutbound());
    }
}
