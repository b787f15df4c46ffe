package io.freshet.source.channel;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import io.freshet.source.SourceProblem;

/** Why incoming channels cannot be read at present. Connectors report it, streams show it. Thread-safe. */
@ApplicationScoped
public class ChannelProblems {

    private static final Logger LOG = Logger.getLogger(ChannelProblems.class);

    private final Map<String, SourceProblem> problems = new ConcurrentHashMap<>();

    /** @param reason for the operator, without secrets; the same reason again is not a new problem */
    public void report(String channel, String reason) {
        SourceProblem before = problems.get(channel);
        if (before == null || !before.reason().equals(reason)) {
            LOG.warnf("A channel cannot be read: channel=%s reason=%s", channel, reason);
        }
        problems.compute(channel, (name, known) -> SourceProblem.after(known, reason));
    }

    public void resolved(String channel) {
        problems.remove(channel);
    }

    @Nullable
    SourceProblem of(String channel) {
        return problems.get(channel);
    }
}
