package io.freshet.stream;

import java.util.Objects;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import io.freshet.sink.ReadPositions;
import io.freshet.sink.TransactionalKafkaSink;
import io.freshet.source.TopicBased;
import io.freshet.source.TopicTransactions;

/** Has what is read of a topic and what comes of it committed together: between the source and the only sink of a stream. */
final class ReadTogether implements ReadPositions, TopicTransactions.Committer {

    private static final String LEVEL = "isolation.level";

    private final TopicTransactions transactions;
    private @Nullable TransactionalKafkaSink sink;

    private ReadTogether(TopicBased source) {
        transactions = source.commitIn(this);
    }

    /** @param maker makes the sink */
    static TransactionalKafkaSink of(TopicBased source, Function<ReadPositions, TransactionalKafkaSink> maker) {
        ReadTogether both = new ReadTogether(source);
        TransactionalKafkaSink made = maker.apply(both);
        both.sink = made;
        return made;
    }

    /**
     * Whether a sink can deliver exactly once what its source reads.
     *
     * @throws DefinitionException if it wants to and cannot
     */
    static void check(StreamDefinition definition, int index) {
        if (!(definition.sinks().get(index) instanceof SinkDefinition.ToKafka to) || !to.target().exactlyOnce()) {
            return;
        }
        String path = "sinks[" + index + "].kafka.exactlyOnce";
        SourceDefinition source = definition.source();
        if (source instanceof SourceDefinition.OfStream) {
            throw new DefinitionException(path, "cannot be had of another stream: its records come once, and are kept nowhere");
        }
        if (!source.readsTopic()) {
            return;
        }
        if (definition.sinks().size() > 1) {
            throw new DefinitionException(path, "of a topic can only be had by the only sink: "
                    + "what others have is no part of the transaction");
        }
        TopicDefinition topic = source instanceof TwinDefinition twin ? twin.topic() : (TopicDefinition) source;
        if (topic.automatic()) {
            throw new DefinitionException("source.kafka.commit", "must be acknowledged if a sink delivers exactly once");
        }
        if (topic.settings().getOrDefault(LEVEL, "read_committed").equals("read_uncommitted")) {
            throw new DefinitionException("source." + (source instanceof TwinDefinition ? "twin" : "kafka") + ".settings."
                    + LEVEL, "must be read_committed if a sink delivers exactly once");
        }
    }

    @Override
    public boolean isVoid(long position) {
        return transactions.isVoid(position);
    }

    @Override
    public Read upTo(long position) {
        TopicTransactions.Read read = transactions.upTo(position);
        TopicTransactions.Member member = read.member();
        return new Read(read.topic(), read.next(), member == null ? new Reader("", -1, "", null)
                : new Reader(member.group(), member.generation(), member.id(), member.instance()), read.note());
    }

    @Override
    public long settled() {
        return transactions.settled();
    }

    @Override
    public void committed(long position) {
        transactions.committed(position);
    }

    @Override
    public void failed(boolean superseded) {
        transactions.failed(superseded);
    }

    @Override
    public void awaitEnd() {
        sink().awaitEnd();
    }

    @Override
    public TopicTransactions.Ended begin() {
        return sink().begun(TopicTransactions.Ended::new);
    }

    @Override
    public void commitRead() {
        sink().commitRead();
    }

    private TransactionalKafkaSink sink() {
        return Objects.requireNonNull(sink);
    }
}
