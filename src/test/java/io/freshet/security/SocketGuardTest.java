package io.freshet.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.util.ReferenceCountUtil;

class SocketGuardTest {

    private static final SocketLimits LIMITS = new SocketLimits(1000, Duration.ofSeconds(30), Duration.ofMinutes(2));

    private final EmbeddedChannel channel = new EmbeddedChannel();

    @BeforeEach
    void open() {
        channel.freezeTime();
        channel.pipeline().addLast("handler", new ChannelInboundHandlerAdapter());
        SocketGuard.addTo(channel.pipeline(), LIMITS);
        channel.writeOutbound(new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.SWITCHING_PROTOCOLS));
        ReferenceCountUtil.release(channel.readOutbound());
    }

    private void pass(Duration time) {
        channel.advanceTimeBy(time.toNanos(), TimeUnit.NANOSECONDS);
        channel.runScheduledPendingTasks();
    }

    @Test
    void aMessageThatIsNeverFinishedClosesItsSocket() {
        channel.writeInbound(new TextWebSocketFrame(false, 0, "{"));
        pass(Duration.ofSeconds(20));
        channel.writeInbound(new ContinuationWebSocketFrame(false, 0, " "));
        channel.writeInbound(new PongWebSocketFrame());
        assertThat(channel.<Object> readOutbound()).isNull();

        pass(Duration.ofSeconds(10));

        CloseWebSocketFrame closed = channel.readOutbound();
        assertThat(closed.statusCode()).isEqualTo(1008);
        pass(Duration.ofSeconds(2));
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void aSocketThatSendsWholeMessagesOrNothingStaysOpen() {
        channel.writeInbound(new TextWebSocketFrame("{}"));
        pass(Duration.ofHours(1));
        channel.writeInbound(new TextWebSocketFrame(false, 0, "{"));
        pass(Duration.ofSeconds(29));
        channel.writeInbound(new ContinuationWebSocketFrame(true, 0, "}"));
        pass(Duration.ofHours(1));

        assertThat(channel.isOpen()).isTrue();
        assertThat(channel.<Object> readOutbound()).isNull();
    }

    @Test
    void theLimitCountsTheFramesOfOneMessageTogether() {
        channel.writeInbound(new TextWebSocketFrame("x".repeat(900)));
        channel.writeInbound(new TextWebSocketFrame(false, 0, "x".repeat(900)));
        assertThat(channel.<Object> readOutbound()).isNull();

        channel.writeInbound(new ContinuationWebSocketFrame(true, 0, "x".repeat(101)));

        CloseWebSocketFrame closed = channel.readOutbound();
        assertThat(closed.statusCode()).isEqualTo(1009);
    }

    @Test
    void whatComesAfterACloseFrameIsDiscarded() {
        channel.writeInbound(new TextWebSocketFrame("x".repeat(1001)));
        channel.releaseInbound();
        TextWebSocketFrame late = new TextWebSocketFrame("late");

        channel.writeInbound(late);

        assertThat(channel.<Object> readInbound()).isNull();
        assertThat(late.refCnt()).isZero();
        channel.writeInbound(new CloseWebSocketFrame());
        assertThat(channel.isOpen()).as("the client has closed its side").isFalse();
    }

    @Test
    void aPingThatCannotBeSentClosesTheSocket() {
        channel.pipeline().addFirst(new ChannelOutboundHandlerAdapter() {
            @Override
            public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
                // the client does not read
                ReferenceCountUtil.release(message);
            }
        });
        channel.writeOneOutbound(new PingWebSocketFrame());
        pass(Duration.ofMinutes(1));
        channel.writeOneOutbound(new PingWebSocketFrame());
        assertThat(channel.isOpen()).isTrue();

        pass(Duration.ofMinutes(1));

        assertThat(channel.isOpen()).isFalse();
    }
}
