package org.isochron.sequencer.aeron;

import io.aeron.Aeron;
import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.agrona.concurrent.AgentInvoker;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.NoOpLock;
import org.isochron.sequencer.edge.DirectoryLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node's own media driver, in this process. Its folder is {@code driver} below a directory of which this process first
 * becomes the owner: a driver killed less than 10 s ago leaves a folder that looks alive, and may be deleted only by who
 * knows that its owner is dead. Closing deletes the folder; only the lock file stays.
 */
public final class AeronDriver implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(AeronDriver.class);
    private static final String FOLDER = "driver";

    /** A sender that is silent for so long is gone, and its lane closed. */
    private static final long IMAGE_LIVENESS_NS = TimeUnit.SECONDS.toNanos(2);
    /**
     * A client that is silent for so long is gone. Client and driver live and die together in one process, so this only has
     * to be longer than any pause that a process should survive.
     */
    private static final long CLIENT_LIVENESS_NS = TimeUnit.SECONDS.toNanos(60);
    /** A publication that hears from nobody for so long is not connected. */
    private static final long CONNECTION_TIMEOUT_NS = TimeUnit.SECONDS.toNanos(2);
    /** How long a closed publication stays to resend its tail. */
    private static final long LINGER_NS = TimeUnit.SECONDS.toNanos(1);
    /** An untethered subscriber that is a window behind for so long is left out, and let in again after a rest. */
    private static final long UNTETHERED_LIMIT_NS = TimeUnit.SECONDS.toNanos(1);

    private static final long UNTETHERED_LINGER_NS = TimeUnit.SECONDS.toNanos(1);
    private static final long UNTETHERED_RESTING_NS = TimeUnit.SECONDS.toNanos(2);
    /** Above the client's liveness, as the driver demands: half-written messages of the dead are skipped. */
    private static final long UNBLOCK_NS = TimeUnit.SECONDS.toNanos(90);
    /** How often timeouts are looked at: small beside them. */
    private static final long TIMER_INTERVAL_NS = TimeUnit.MILLISECONDS.toNanos(100);

    private static final long KEEP_ALIVE_NS = TimeUnit.MILLISECONDS.toNanos(500);
    /** As the client's liveness, seen from the other side. */
    private static final long DRIVER_TIMEOUT_MS = 60_000;

    private static final int NETWORK_TERM_LENGTH = 1 << 20;
    private static final int IPC_TERM_LENGTH = 1 << 20;
    private static final int MTU_LENGTH = 1408;

    private final DirectoryLock lock;
    private final MediaDriver driver;
    private boolean closed;

    private AeronDriver(final DirectoryLock lock, final MediaDriver driver) {
        this.lock = lock;
        this.driver = driver;
    }

    /**
     * Starts a driver whose threads, if any, back off when idle.
     *
     * @see #launch(Path, ThreadingMode, Supplier)
     */
    public static AeronDriver launch(final Path directory, final ThreadingMode threadingMode) {
        return launch(directory, threadingMode, BackoffIdleStrategy::new);
    }

    /**
     * Starts a driver.
     *
     * @param directory     made when it is not there; in {@code /dev/shm} on a trading machine. One for each node.
     * @param threadingMode {@code INVOKER} runs it inside the one transport's {@code doWork()}, {@code SHARED} on a thread
     *                      of its own, {@code DEDICATED} on three.
     * @param idleStrategy  what those threads do when there is nothing to do; asked once for each.
     * @throws DirectoryLock.InUseException when a live process has the directory.
     */
    public static AeronDriver launch(
            final Path directory, final ThreadingMode threadingMode, final Supplier<IdleStrategy> idleStrategy) {
        final DirectoryLock lock = lock(directory);
        try {
            return new AeronDriver(lock, MediaDriver.launch(context(lock.directory(), threadingMode, idleStrategy)));
        } catch (final RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /**
     * Connects a client to this driver. With {@code INVOKER} there is one, used on the thread that is to drive the driver.
     */
    public AeronTransport newTransport() {
        return connect(driver.sharedAgentInvoker());
    }

    /** Connects a client of another thread, which never drives the driver; with {@code INVOKER} the first one has to. */
    public AeronTransport newGuestTransport() {
        return connect(null);
    }

    private AeronTransport connect(final AgentInvoker driverInvoker) {
        return new AeronTransport(Aeron.connect(new Aeron.Context()
                .aeronDirectoryName(driver.aeronDirectoryName())
                .useConductorAgentInvoker(true)
                .driverAgentInvoker(driverInvoker)
                .clientLock(NoOpLock.INSTANCE)
                .keepAliveIntervalNs(KEEP_ALIVE_NS)
                .driverTimeoutMs(DRIVER_TIMEOUT_MS)
                .errorHandler(error -> LOGGER.error("Aeron client", error))));
    }

    /** Folder through which other processes of the machine, and Aeron's own tools, reach the driver. */
    public String aeronDirectoryName() {
        return driver.aeronDirectoryName();
    }

    /** Close the transports first. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            try {
                driver.close();
            } finally {
                lock.close();
            }
        }
    }

    private static DirectoryLock lock(final Path directory) {
        try {
            Files.createDirectories(directory);
        } catch (final IOException e) {
            throw new UncheckedIOException("cannot make the driver's directory " + directory, e);
        }
        return DirectoryLock.take(directory);
    }

    private static MediaDriver.Context context(
            final Path directory, final ThreadingMode threadingMode, final Supplier<IdleStrategy> idleStrategy) {
        final MediaDriver.Context context = new MediaDriver.Context()
                .aeronDirectoryName(directory.resolve(FOLDER).toString())
                .dirDeleteOnStart(true)
                .dirDeleteOnShutdown(true)
                .warnIfDirectoryExists(false)
                .errorHandler(error -> LOGGER.error("Aeron driver", error))
                .threadingMode(threadingMode);
        if (threadingMode == ThreadingMode.SHARED) {
            context.sharedIdleStrategy(idleStrategy.get());
        } else if (threadingMode != ThreadingMode.INVOKER) {
            context.conductorIdleStrategy(idleStrategy.get())
                    .sharedNetworkIdleStrategy(idleStrategy.get())
                    .senderIdleStrategy(idleStrategy.get())
                    .receiverIdleStrategy(idleStrategy.get());
        }
        return timeouts(sizes(context));
    }

    private static MediaDriver.Context sizes(final MediaDriver.Context context) {
        return context.publicationTermBufferLength(NETWORK_TERM_LENGTH)
                .ipcTermBufferLength(IPC_TERM_LENGTH)
                .termBufferSparseFile(true)
                .mtuLength(MTU_LENGTH)
                .ipcMtuLength(MTU_LENGTH);
    }

    private static MediaDriver.Context timeouts(final MediaDriver.Context context) {
        return context.imageLivenessTimeoutNs(IMAGE_LIVENESS_NS)
                .clientLivenessTimeoutNs(CLIENT_LIVENESS_NS)
                .publicationConnectionTimeoutNs(CONNECTION_TIMEOUT_NS)
                .publicationLingerTimeoutNs(LINGER_NS)
                .publicationUnblockTimeoutNs(UNBLOCK_NS)
                .untetheredWindowLimitTimeoutNs(UNTETHERED_LIMIT_NS)
                .untetheredLingerTimeoutNs(UNTETHERED_LINGER_NS)
                .untetheredRestingTimeoutNs(UNTETHERED_RESTING_NS)
                .driverTimeoutMs(DRIVER_TIMEOUT_MS)
                .timerIntervalNs(TIMER_INTERVAL_NS);
    }
}
