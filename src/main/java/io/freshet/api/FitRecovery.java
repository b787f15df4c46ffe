package io.freshet.api;

import java.io.UncheckedIOException;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.jboss.logging.Logger;

import io.freshet.store.FitStates;
import io.freshet.stream.RestoreCompleted;
import io.freshet.stream.cluster.ClusterConfig;
import io.freshet.stream.cluster.StreamCluster;
import io.quarkus.scheduler.Scheduled;

/**
 * Continues the fits in the background of instances that have stopped. If no other instance uses the store, they are those of
 * this one before its restart. Otherwise, a fit continues here once its owner has given it up or is silent.
 */
@ApplicationScoped
public class FitRecovery {

    private static final Logger LOG = Logger.getLogger(FitRecovery.class);

    private final ModelFits fits;
    private final FitStates states;
    private final StreamCluster cluster;
    private final ClusterConfig config;
    private volatile boolean watching;
    private boolean reachable = true;

    public FitRecovery(ModelFits fits, FitStates states, StreamCluster cluster, ClusterConfig config) {
        this.fits = fits;
        this.states = states;
        this.cluster = cluster;
        this.config = config;
    }

    void begin(@Observes RestoreCompleted event) {
        if (isShared()) {
            watching = true;
            return;
        }
        try {
            fits.resume();
        } catch (UncheckedIOException e) {
            LOG.warnf("Fits could not be continued: reason=%s", e.getMessage());
        }
    }

    @Scheduled(every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void reconcile() {
        if (!watching) {
            return;
        }
        try {
            fits.reconcile(config.takeOverAfter());
            reachable = true;
        } catch (UncheckedIOException e) {
            if (reachable) {
                LOG.warnf("Fits of other instances could not be read: reason=%s", e.getMessage());
            }
            reachable = false;
        }
    }

    private boolean isShared() {
        return states.isPersistent() && (states.areShared() || cluster.isShared());
    }
}
