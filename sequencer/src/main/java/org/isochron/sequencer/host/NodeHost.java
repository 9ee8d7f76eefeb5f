package org.isochron.sequencer.host;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.IdleStrategy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs one agent on a thread of its own until it is closed or fails. The first exception ends the agent: a node that
 * failed does not go on in an unknown state. Whoever owns the host looks at {@link #failure()} or waits in
 * {@link #awaitEnd}.
 */
public final class NodeHost implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(NodeHost.class);

    private final Guarded guarded;
    private final AgentRunner runner;

    /**
     * @param agent   run on the host's thread, closed there too.
     * @param onStart run first on that thread, for pinning it to a core.
     */
    public NodeHost(final Agent agent, final IdleStrategy idleStrategy, final Runnable onStart) {
        this.guarded = new Guarded(agent, onStart);
        this.runner = new AgentRunner(idleStrategy, guarded::failed, null, guarded);
    }

    public NodeHost start() {
        AgentRunner.startOnThread(runner);
        return this;
    }

    /** What ended the agent, null while it runs and after an orderly end. */
    public Throwable failure() {
        return guarded.failure;
    }

    /** True once the agent has ended, in whatever way. */
    public boolean hasEnded() {
        return guarded.ended.getCount() == 0;
    }

    /**
     * Waits for the agent's end.
     *
     * @return true when it has ended.
     */
    public boolean awaitEnd(final long timeoutMs) throws InterruptedException {
        return guarded.ended.await(timeoutMs, TimeUnit.MILLISECONDS);
    }

    /** Ends the agent and waits for it. */
    @Override
    public void close() {
        runner.close();
    }

    private static final class Guarded implements Agent {
        private final Agent agent;
        private final Runnable onStart;
        private final CountDownLatch ended = new CountDownLatch(1);
        private volatile Throwable failure;

        Guarded(final Agent agent, final Runnable onStart) {
            this.agent = agent;
            this.onStart = onStart;
        }

        @Override
        public void onStart() {
            onStart.run();
            agent.onStart();
        }

        @Override
        public int doWork() throws Exception {
            if (failure != null) {
                throw new org.agrona.concurrent.AgentTerminationException("ended by an earlier failure");
            }
            return agent.doWork();
        }

        @Override
        public void onClose() {
            try {
                agent.onClose();
            } finally {
                ended.countDown();
            }
        }

        @Override
        public String roleName() {
            return agent.roleName();
        }

        void failed(final Throwable cause) {
            if (failure == null && !(cause instanceof org.agrona.concurrent.AgentTerminationException)) {
                failure = cause;
                LOG.error("{} ends: {}", agent.roleName(), cause.getMessage(), cause);
            }
        }
    }
}
