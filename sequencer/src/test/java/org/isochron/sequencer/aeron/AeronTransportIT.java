package org.isochron.sequencer.aeron;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.aeron.Aeron;
import io.aeron.Publication;
import io.aeron.driver.ThreadingMode;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.agrona.concurrent.UnsafeBuffer;
import org.isochron.sequencer.edge.Channel;
import org.isochron.sequencer.edge.DirectoryLock;
import org.isochron.sequencer.edge.Inbound;
import org.isochron.sequencer.edge.LaneListener;
import org.isochron.sequencer.edge.MessageHandler;
import org.isochron.sequencer.edge.Outbound;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Everything on one thread, over loopback, with drivers in INVOKER mode. */
@Timeout(30)
final class AeronTransportIT {
    private static final String GROUP = "239.10.9.1:20456";
    private static final String LOOPBACK = "127.0.0.1";
    private static final int LOG = 1001;
    private static final Channel LOG_OUT = new Channel(Channels.logPublication(GROUP, LOOPBACK, 0, 1), LOG);
    private static final Channel LOG_IN = new Channel(Channels.logSubscription(GROUP, LOOPBACK, 0), LOG);
    private static final Channel LOG_LISTEN = new Channel(Channels.logListening(GROUP, LOOPBACK, 0), LOG);
    private static final Channel EVENTS = new Channel(Channels.unicast("127.0.0.1:20457"), 1002);
    private static final long TIMEOUT_S = 120;
    private static final Channel IPC = new Channel(Channels.IPC, 1003);

    @TempDir
    private Path root;

    private AeronDriver driver;
    private AeronTransport transport;
    private final List<AeronTransport> driven = new ArrayList<>();
    private final List<String> heard = new ArrayList<>();
    private final MessageHandler hear = (lane, buffer, offset, length) -> {
        heard.add(lane + ":" + buffer.getStringWithoutLengthAscii(offset, length));
        return true;
    };
    private final LaneListener laneListener = new LaneListener() {
        @Override
        public void onLaneOpened(final int lane) {
            heard.add("+" + lane);
        }

        @Override
        public void onLaneClosed(final int lane) {
            heard.add("-" + lane);
        }
    };

    @BeforeEach
    void launch() {
        driver = AeronDriver.launch(root.resolve("node"), ThreadingMode.INVOKER);
        transport = newTransport(driver);
    }

    @AfterEach
    void close() {
        transport.close();
        driver.close();
        assertFalse(Files.exists(root.resolve("node").resolve("driver")));
    }

    @Test
    void shouldCarryTheLogToTwoSubscribersBehindOneDriver() {
        final Inbound first = transport.subscribe(LOG_IN, LaneListener.NONE);
        final Inbound second = transport.subscribe(LOG_IN, LaneListener.NONE);
        final Outbound outbound = transport.publish(LOG_OUT);
        final long position = sendWhenPossible(outbound, "a");
        assertTrue(position > 0);
        sendWhenPossible(outbound, "b");
        await(() -> first.poll(hear, 10) >= 0 && heard.size() == 2);
        await(() -> second.poll(hear, 10) >= 0 && heard.size() == 4);
        assertEquals(List.of("0:a", "0:b", "0:a", "0:b"), heard);
        await(() -> outbound.hasSent(position));
        assertFalse(outbound.hasSent(position + 1_000_000));
    }

    @Test
    void shouldCarryTheLogAndTheAnswersBetweenTwoDrivers() {
        try (AeronDriver otherDriver = AeronDriver.launch(root.resolve("other"), ThreadingMode.INVOKER);
                AeronTransport other = newTransport(otherDriver)) {
            final Inbound here = transport.subscribe(LOG_IN, LaneListener.NONE);
            final Inbound there = other.subscribe(LOG_IN, LaneListener.NONE);
            final Inbound events = transport.subscribe(EVENTS, laneListener);
            final Outbound log = transport.publish(LOG_OUT);
            final Outbound answers = other.publish(EVENTS);
            await(() -> poll(here) + poll(there) >= 0 && here.laneCount() == 1 && there.laneCount() == 1);
            sendWhenPossible(log, "command");
            await(() -> here.poll(hear, 1) == 1);
            await(() -> there.poll(hear, 1) == 1);
            sendWhenPossible(answers, "event");
            await(() -> events.poll(hear, 1) == 1);
            assertEquals(List.of("0:command", "0:command", "+0", "0:event"), heard);
            driven.remove(other);
        }
    }

    @Test
    void shouldNotBeConnectedWithoutTheTaggedMinimum() {
        final Inbound listener = transport.subscribe(LOG_LISTEN, LaneListener.NONE);
        final Outbound outbound = transport.publish(LOG_OUT);
        await(() -> poll(listener) >= 0 && listener.laneCount() == 1);
        for (int i = 0; i < 2_000; i++) {
            drive();
            assertEquals(Outbound.NOT_CONNECTED, send(outbound, "a"));
        }
        assertTrue(outbound.hasSent(Long.MAX_VALUE));
        // A driver is one receiver with or without the tag, so the replica needs a driver of its own.
        try (AeronDriver otherDriver = AeronDriver.launch(root.resolve("other"), ThreadingMode.INVOKER);
                AeronTransport other = newTransport(otherDriver)) {
            final Inbound replica = other.subscribe(LOG_IN, LaneListener.NONE);
            await(() -> poll(replica) >= 0 && send(outbound, "a") > 0);
            driven.remove(other);
        }
        await(() -> send(outbound, "b") == Outbound.NOT_CONNECTED);
    }

    @Test
    void shouldCloseTheLaneOfAPublisherThatDies() {
        final Inbound events = transport.subscribe(EVENTS, laneListener);
        final AeronDriver otherDriver = AeronDriver.launch(root.resolve("other"), ThreadingMode.INVOKER);
        final AeronTransport other = newTransport(otherDriver);
        final Outbound answers = other.publish(EVENTS);
        sendWhenPossible(answers, "last words");
        await(() -> events.poll(hear, 1) == 1);
        // It falls silent without closing: nobody drives it any more.
        driven.remove(other);
        await(() -> poll(events) >= 0 && events.laneCount() == 0);
        assertEquals(List.of("+0", "0:last words", "-0"), heard);
        other.close();
        otherDriver.close();
    }

    @Test
    void shouldHandOverWhatWasSentBeforeAPublisherCloses() {
        final Inbound inbound = transport.subscribe(IPC, laneListener);
        final Outbound outbound = transport.publish(IPC);
        sendWhenPossible(outbound, "a");
        sendWhenPossible(outbound, "b");
        outbound.close();
        assertEquals(Outbound.CLOSED, send(outbound, "c"));
        await(() -> inbound.poll(hear, 1) >= 0 && heard.contains("-0"));
        assertEquals(List.of("+0", "0:a", "0:b", "-0"), heard);
        final Outbound next = transport.publish(IPC);
        await(() -> inbound.poll(hear, 1) >= 0 && heard.contains("+1"));
        assertTrue(next.hasSent(Long.MAX_VALUE));
    }

    @Test
    void shouldTakeOneMessageOfEachLaneInAPassAndStartOneLaneFurtherWithEveryPoll() {
        final Inbound inbound = transport.subscribe(IPC, LaneListener.NONE);
        final Outbound[] outbounds = {transport.publish(IPC), transport.publish(IPC), transport.publish(IPC)};
        await(() -> poll(inbound) >= 0 && inbound.laneCount() == 3);
        for (int i = 1; i <= 4; i++) {
            for (final Outbound outbound : outbounds) {
                sendWhenPossible(outbound, Integer.toString(i));
            }
        }
        final List<Integer> firsts = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            heard.clear();
            assertEquals(3, inbound.poll(hear, 3));
            assertEquals(3, heard.stream().distinct().count());
            assertEquals(
                    1, heard.stream().map(text -> text.substring(2)).distinct().count());
            firsts.add(Integer.parseInt(heard.get(0).substring(0, 1)));
        }
        assertEquals(3, firsts.stream().distinct().count(), firsts.toString());
        assertEquals((firsts.get(0) + 1) % 3, firsts.get(1));
    }

    @Test
    void shouldKeepARefusedMessageAndPassItsLaneOver() {
        final Inbound inbound = transport.subscribe(IPC, LaneListener.NONE);
        final Outbound outbound = transport.publish(IPC);
        sendWhenPossible(outbound, "a");
        sendWhenPossible(outbound, "b");
        final int[] calls = new int[1];
        await(() -> inbound.poll(hear, 0) == 0 && inbound.laneCount() == 1);
        assertEquals(
                0,
                inbound.poll(
                        (lane, buffer, offset, length) -> {
                            calls[0]++;
                            return false;
                        },
                        10));
        assertEquals(1, calls[0]);
        final IllegalStateException mine = new IllegalStateException("the handler's own");
        final MessageHandler failing = (lane, buffer, offset, length) -> {
            throw mine;
        };
        assertEquals(mine, assertThrows(IllegalStateException.class, () -> inbound.poll(failing, 10)));
        assertEquals(2, inbound.poll(hear, 10));
        assertEquals(List.of("0:a", "0:b"), heard);
    }

    @Test
    void shouldBackPressureWhenNobodyReads() {
        final Inbound inbound = transport.subscribe(IPC, LaneListener.NONE);
        final Outbound outbound = transport.publish(IPC);
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[Outbound.MAX_MESSAGE_LENGTH]);
        await(outbound::isConnected);
        long result;
        do {
            result = outbound.offer(buffer, 0, buffer.capacity());
            drive();
        } while (result > 0);
        assertEquals(Outbound.BACK_PRESSURED, result);
        await(() -> inbound.poll((lane, message, offset, length) -> length == buffer.capacity(), 1_000) > 0);
        await(() -> outbound.offer(buffer, 0, buffer.capacity()) > 0);
        assertThrows(IllegalArgumentException.class, () -> outbound.offer(buffer, 0, buffer.capacity() + 1));
    }

    @Test
    void shouldNotTakeTheTurnOfATermForBackPressure() {
        final Inbound inbound = transport.subscribe(IPC, LaneListener.NONE);
        final Outbound outbound = transport.publish(IPC);
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[Outbound.MAX_MESSAGE_LENGTH]);
        await(outbound::isConnected);
        // More than three terms of 1 MiB, each message taken before the next is sent.
        for (int i = 0; i < 2_500; i++) {
            assertTrue(outbound.offer(buffer, 0, buffer.capacity()) > 0, "message " + i);
            await(() -> inbound.poll((lane, message, offset, length) -> true, 1) == 1);
            drive();
        }
    }

    @Test
    void shouldHandOverATooLongMessageOfAStrangerInPieces() {
        try (AeronDriver shared = AeronDriver.launch(root.resolve("shared"), ThreadingMode.SHARED);
                AeronTransport own = newTransport(shared);
                Aeron stranger = Aeron.connect(new Aeron.Context().aeronDirectoryName(shared.aeronDirectoryName()))) {
            final List<Integer> lengths = new ArrayList<>();
            final Inbound inbound = own.subscribe(IPC, LaneListener.NONE);
            final Publication publication = stranger.addPublication(IPC.uri(), IPC.streamId());
            final UnsafeBuffer message = new UnsafeBuffer(new byte[5_000]);
            await(() -> publication.offer(message) > 0);
            await(() -> publication.offer(message, 0, 1) > 0);
            await(() -> {
                inbound.poll((lane, buffer, offset, length) -> lengths.add(length), 10);
                return lengths.contains(1);
            });
            assertEquals(List.of(1376, 1376, 1376, 872, 1), lengths);
            driven.remove(own);
        }
    }

    @Test
    void shouldNameAChannelThatCannotBeUsed() {
        for (final String uri : new String[] {
            "aeron:udp?endpoint=239.10.9.2:20456|interface=127.0.0.1",
            "aeron:udp?endpoint=nowhere",
            "aeron:pigeon",
            "memory:orders",
            "aeron:udp?endpoint=127.0.0.1:20458|mtu=256"
        }) {
            final IllegalArgumentException refusal =
                    assertThrows(IllegalArgumentException.class, () -> transport.publish(new Channel(uri, 1)), uri);
            assertTrue(refusal.getMessage().contains(uri), refusal.getMessage());
        }
        final Channel taken = new Channel("aeron:udp?endpoint=198.51.100.7:20459", 1);
        final IllegalArgumentException refusal =
                assertThrows(IllegalArgumentException.class, () -> transport.subscribe(taken, LaneListener.NONE));
        assertTrue(refusal.getMessage().contains(taken.uri()), refusal.getMessage());
    }

    @Test
    void shouldRefuseADirectoryWhoseDriverIsAlive() {
        final Path directory = root.resolve("node");
        final DirectoryLock.InUseException refusal = assertThrows(
                DirectoryLock.InUseException.class, () -> AeronDriver.launch(directory, ThreadingMode.INVOKER));
        assertTrue(refusal.getMessage().contains(directory.toString()), refusal.getMessage());
    }

    @Test
    void shouldRunADriverOnItsOwnThread() {
        try (AeronDriver shared = AeronDriver.launch(root.resolve("shared"), ThreadingMode.SHARED);
                AeronTransport first = newTransport(shared);
                AeronTransport second = newTransport(shared)) {
            final Inbound inbound = first.subscribe(IPC, LaneListener.NONE);
            sendWhenPossible(second.publish(IPC), "a");
            await(() -> inbound.poll(hear, 1) == 1);
            driven.remove(first);
            driven.remove(second);
        }
    }

    @Test
    void shouldNotAllocateWhenOfferingAndPolling() {
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        final long self = Thread.currentThread().getId();
        final Inbound inbound = transport.subscribe(IPC, LaneListener.NONE);
        final Outbound outbound = transport.publish(IPC);
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[160]);
        final MessageHandler take = (lane, message, offset, length) -> true;
        await(() -> inbound.poll(take, 0) == 0 && inbound.laneCount() == 1);
        final long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_S);
        long polling = Long.MAX_VALUE;
        // Until it is compiled, which takes as long as it takes.
        while (polling > 0 && System.nanoTime() - deadlineNs < 0) {
            int taken = 0;
            final long before = threads.getThreadAllocatedBytes(self);
            for (int i = 0; i < 1_000; i++) {
                outbound.offer(buffer, 0, buffer.capacity());
                taken += inbound.poll(take, 4);
            }
            polling = Math.min(polling, threads.getThreadAllocatedBytes(self) - before);
            // One offer is refused when a term ends.
            assertTrue(taken >= 999, "taken " + taken);
            // Not measured: the driver's own duty cycle, which allocates until it is compiled.
            drive();
        }
        assertEquals(0, polling);
    }

    private AeronTransport newTransport(final AeronDriver of) {
        final AeronTransport opened = of.newTransport();
        driven.add(opened);
        return opened;
    }

    private int poll(final Inbound inbound) {
        return inbound.poll(hear, 10);
    }

    private void drive() {
        driven.forEach(AeronTransport::doWork);
    }

    private void await(final BooleanSupplier condition) {
        final long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_S);
        while (!condition.getAsBoolean()) {
            drive();
            assertTrue(System.nanoTime() - deadlineNs < 0, "not within " + TIMEOUT_S + " s, heard " + heard);
        }
    }

    private long sendWhenPossible(final Outbound outbound, final String text) {
        final long[] result = new long[1];
        await(() -> (result[0] = send(outbound, text)) > 0);
        return result[0];
    }

    private static long send(final Outbound outbound, final String text) {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[32]);
        return outbound.offer(buffer, 0, buffer.putStringWithoutLengthAscii(0, text));
    }
}
