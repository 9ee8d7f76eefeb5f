package org.isochron.sequencer.aeron;

import io.aeron.Aeron;
import io.aeron.ExclusivePublication;
import io.aeron.Subscription;
import io.aeron.exceptions.AeronException;
import io.aeron.exceptions.DriverTimeoutException;
import io.aeron.exceptions.RegistrationException;
import io.aeron.status.ChannelEndpointStatus;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.agrona.CloseHelper;
import org.agrona.concurrent.AgentInvoker;
import org.isochron.sequencer.edge.Channel;
import org.isochron.sequencer.edge.Inbound;
import org.isochron.sequencer.edge.LaneListener;
import org.isochron.sequencer.edge.Outbound;
import org.isochron.sequencer.edge.Transport;

/**
 * Opens channels over one Aeron client, and drives that client, and a driver in {@code INVOKER} mode, in
 * {@link #doWork()}. Opening waits for the driver's answer, driving what must be driven, for at most the client's driver
 * timeout. Used by one thread.
 */
public final class AeronTransport implements Transport {
    private final Aeron aeron;
    private final AgentInvoker clientInvoker;
    private final AgentInvoker driverInvoker;

    /**
     * @param aeron a client in conductor invoker mode, owned and closed by this transport.
     * @throws IllegalArgumentException when it has a conductor thread: lanes come and go on the polling thread only.
     */
    public AeronTransport(final Aeron aeron) {
        this.aeron = aeron;
        clientInvoker = aeron.conductorAgentInvoker();
        driverInvoker = aeron.context().driverAgentInvoker();
        if (clientInvoker == null) {
            throw new IllegalArgumentException(
                    "the Aeron client runs a conductor thread, set useConductorAgentInvoker");
        }
    }

    /**
     * @throws IllegalArgumentException when the driver cannot use the channel.
     * @throws IllegalStateException    when the driver does not answer in time.
     */
    @Override
    public Inbound subscribe(final Channel channel, final LaneListener listener) {
        final Subscription subscription = open(channel, () -> aeron.addSubscription(channel.uri(), channel.streamId()));
        return orClose(subscription, () -> {
            awaitEndpoint(channel, subscription::channelStatus);
            return new AeronInbound(subscription, listener);
        });
    }

    /**
     * @throws IllegalArgumentException when the driver cannot use the channel, or it cuts a message into fragments.
     * @throws IllegalStateException    when the driver does not answer in time.
     */
    @Override
    public Outbound publish(final Channel channel) {
        final ExclusivePublication publication =
                open(channel, () -> aeron.addExclusivePublication(channel.uri(), channel.streamId()));
        return orClose(publication, () -> {
            if (publication.maxPayloadLength() < Outbound.MAX_MESSAGE_LENGTH) {
                throw new IllegalArgumentException("channel " + channel + " carries " + publication.maxPayloadLength()
                        + " bytes a fragment, " + Outbound.MAX_MESSAGE_LENGTH + " are needed: mtu=1408");
            }
            awaitEndpoint(channel, publication::channelStatus);
            return new AeronOutbound(publication, aeron.countersReader());
        });
    }

    @Override
    public int doWork() {
        return (driverInvoker == null ? 0 : driverInvoker.invoke()) + clientInvoker.invoke();
    }

    @Override
    public void close() {
        aeron.close();
    }

    private static <T> T open(final Channel channel, final Supplier<T> request) {
        try {
            return request.get();
        } catch (final DriverTimeoutException e) {
            throw new IllegalStateException("channel " + channel + " is not open: " + e.getMessage(), e);
        } catch (final RegistrationException | IllegalArgumentException | IllegalStateException e) {
            throw unusable(channel, e.getMessage(), e);
        } catch (final AeronException e) {
            throw new IllegalStateException("channel " + channel + " is not open: " + e.getMessage(), e);
        }
    }

    /** What cannot be used, for whatever reason, does not stay open. */
    private static <T> T orClose(final AutoCloseable opened, final Supplier<T> rest) {
        try {
            return rest.get();
        } catch (final RuntimeException e) {
            CloseHelper.quietClose(opened);
            throw e;
        }
    }

    /** The driver answers before its network threads have bound the socket; whether they could shows a little later. */
    private void awaitEndpoint(final Channel channel, final LongSupplier status) {
        final long timeoutMs = aeron.context().driverTimeoutMs();
        final long deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMs);
        while (status.getAsLong() == ChannelEndpointStatus.INITIALIZING) {
            doWork();
            if (System.nanoTime() - deadlineNs > 0) {
                throw new IllegalStateException("channel " + channel + " is not open after " + timeoutMs + " ms");
            }
            Thread.onSpinWait();
        }
        if (status.getAsLong() == ChannelEndpointStatus.ERRORED) {
            throw unusable(channel, "its socket cannot be opened, the driver's log says why", null);
        }
    }

    private static IllegalArgumentException unusable(final Channel channel, final String why, final Throwable cause) {
        return new IllegalArgumentException("channel " + channel + " is unusable: " + why, cause);
    }
}
