package io.freshet.kafka.source;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.TimeoutException;

import io.freshet.security.SignInFailure;

/** Says in the words of a user why a topic cannot be read. */
record TopicProblems(String topic, Map<String, Object> connection) {

    String missing() {
        return "topic " + topic + " does not exist on " + address();
    }

    String address() {
        Object servers = connection.get("bootstrap.servers");
        return "Kafka at " + (servers instanceof List<?> all ? String.join(",", all.stream().map(String::valueOf).toList())
                : servers);
    }

    String of(KafkaException thrown) {
        if (thrown instanceof TimeoutException) {
            return address() + " does not answer";
        }
        if (thrown instanceof AuthenticationException) {
            return address() + " rejects the credentials: " + thrown.getMessage();
        }
        if (thrown instanceof InvalidTopicException) {
            return "topic " + topic + " is not a valid topic name";
        }
        if (thrown instanceof AuthorizationException) {
            return "access to topic " + topic + " is denied on " + address() + ": " + thrown.getMessage();
        }
        Optional<String> signIn = SignInFailure.reason(thrown);
        if (signIn.isPresent()) {
            return address() + ": the client could not sign in: " + signIn.get();
        }
        return "topic " + topic + ": " + address() + ": " + thrown.getMessage()
                + (thrown.getCause() == null ? "" : ": " + thrown.getCause().getMessage());
    }
}
