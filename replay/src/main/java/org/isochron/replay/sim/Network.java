package org.isochron.replay.sim;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.agrona.DirectBuffer;
import org.isochron.codecs.frame.Frame;
import org.isochron.codecs.frame.FrameType;
import org.isochron.sequencer.edge.Channel;

/**
 * The network between the hosts: every publisher of a channel has a link to every subscriber. A link keeps order unless
 * the weather says otherwise, holds a bounded number of messages, and ends when one side closes, dies, or cannot be
 * reached for longer than {@link #LIVENESS_NS}; it comes back as a new one.
 */
final class Network {
    /** How long silence is borne before a link counts as broken. */
    static final long LIVENESS_NS = 300_000_000;

    private static final long CONNECT_NS = 100_000;
    private static final long RECONNECT_NS = 20_000_000;
    private static final int SPARE_PARCELS = 4096;

    final Timetable timetable;
    private final Ledger faults;
    private final Dice dice;
    private final Map<String, List<SimulatedInbound>> inbounds = new TreeMap<>();
    private final Map<String, List<SimulatedOutbound>> outbounds = new TreeMap<>();
    private final List<Link> links = new ArrayList<>();
    private final ArrayDeque<Parcel> spare = new ArrayDeque<>();
    private final int[][] blocked;
    private final long[][] cloggedUntilNs;
    private Weather[] weathers;
    private long linksMade;

    /**
     * @param faults   counts what goes wrong, and hears of each message that arrives.
     * @param weathers by {@link Way}.
     */
    Network(
            final Timetable timetable,
            final Dice dice,
            final Ledger faults,
            final int hosts,
            final Weather[] weathers) {
        this.timetable = timetable;
        this.dice = dice;
        this.faults = faults;
        this.weathers = weathers;
        blocked = new int[hosts][hosts];
        cloggedUntilNs = new long[hosts][hosts];
    }

    /** From now on nothing goes wrong any more. */
    void clearUp() {
        final Weather[] fine = new Weather[weathers.length];
        for (int i = 0; i < fine.length; i++) {
            fine[i] = weathers[i].fine();
        }
        weathers = fine;
    }

    SimulatedInbound subscribe(final SimulatedInbound inbound) {
        inbounds.computeIfAbsent(key(inbound.channel()), key -> new ArrayList<>())
                .add(inbound);
        for (final SimulatedOutbound outbound : outbounds.getOrDefault(key(inbound.channel()), List.of())) {
            connectIn(CONNECT_NS, outbound, inbound);
        }
        return inbound;
    }

    SimulatedOutbound publish(final SimulatedOutbound outbound) {
        outbounds
                .computeIfAbsent(key(outbound.channel()), key -> new ArrayList<>())
                .add(outbound);
        for (final SimulatedInbound inbound : inbounds.getOrDefault(key(outbound.channel()), List.of())) {
            connectIn(CONNECT_NS, outbound, inbound);
        }
        return outbound;
    }

    void closed(final SimulatedInbound inbound) {
        inbounds.get(key(inbound.channel())).remove(inbound);
    }

    void closed(final SimulatedOutbound outbound) {
        outbounds.get(key(outbound.channel())).remove(outbound);
    }

    private static String key(final Channel channel) {
        return channel.uri() + " " + channel.streamId();
    }

    private void connectIn(final long durationNs, final SimulatedOutbound outbound, final SimulatedInbound inbound) {
        timetable.in(durationNs, new Event() {
            @Override
            void happen() {
                connect(outbound, inbound);
            }
        });
    }

    private void connect(final SimulatedOutbound outbound, final SimulatedInbound inbound) {
        if (outbound.isClosed() || inbound.isClosed()) {
            return;
        }
        if (isCut(outbound.host(), inbound.host()) || inbound.host().isPaused()) {
            connectIn(RECONNECT_NS, outbound, inbound);
            return;
        }
        final Link link = new Link(this, outbound, inbound, inbound.nextLane(), ++linksMade);
        links.add(link);
        outbound.connect(link);
        inbound.connect(link);
    }

    boolean isCut(final Host one, final Host other) {
        return blocked[one.number()][other.number()] > 0 || blocked[other.number()][one.number()] > 0;
    }

    /** Stops everything from one host to another, until {@link #unblock}; links that this silences for long are cut. */
    void block(final Host from, final Host to) {
        blocked[from.number()][to.number()]++;
        timetable.in(LIVENESS_NS, new Event() {
            @Override
            void happen() {
                cutSilenced(from, to);
            }
        });
    }

    void unblock(final Host from, final Host to) {
        blocked[from.number()][to.number()]--;
    }

    void clog(final Host from, final Host to, final long untilNs) {
        cloggedUntilNs[from.number()][to.number()] = untilNs;
    }

    private void cutSilenced(final Host from, final Host to) {
        if (blocked[from.number()][to.number()] == 0) {
            return;
        }
        for (int i = links.size() - 1; i >= 0; i--) {
            final Link link = links.get(i);
            if (link.joins(from, to)) {
                cut(link);
            }
        }
    }

    /** Both sides of a link give each other up, and try again later. */
    void cut(final Link link) {
        link.end();
        connectIn(RECONNECT_NS, link.outbound, link.inbound);
    }

    void ended(final Link link) {
        links.remove(link);
    }

    /** Sends one message over a link; it is copied. */
    void send(final Link link, final DirectBuffer buffer, final int offset, final int length) {
        final Way way = link.way;
        final Weather weather = weathers[way.ordinal()];
        final Host from = link.outbound.host();
        final Host to = link.inbound.host();
        if (blocked[from.number()][to.number()] > 0 || dice.chancePpm(weather.lossPpm())) {
            faults.count(FaultKind.LOSS);
            return;
        }
        forward(link, weather, buffer, offset, length);
        if (dice.chancePpm(weather.duplicatePpm()) && (way != Way.COMMANDS || isSessions(buffer, offset))) {
            faults.count(FaultKind.DUPLICATION);
            forward(link, weather, buffer, offset, length);
        }
    }

    /** On the way to the sequencer only what sessions send may come twice: the rest is the gateway's word in its own process. */
    private static boolean isSessions(final DirectBuffer buffer, final int offset) {
        return new Frame().wrap(buffer, offset).frameType() == FrameType.SESSION;
    }

    private void forward(
            final Link link, final Weather weather, final DirectBuffer buffer, final int offset, final int length) {
        final Parcel parcel = spare.isEmpty() ? new Parcel() : spare.pop();
        parcel.fill(link, buffer, offset, length);
        if (dice.chancePpm(weather.damagePpm())) {
            faults.count(FaultKind.DAMAGE);
            parcel.damage(dice.below(length), dice.below(Byte.SIZE));
        }
        link.load++;
        timetable.at(arrivalNs(link, weather), parcel);
    }

    private long arrivalNs(final Link link, final Weather weather) {
        final long clearNs = cloggedUntilNs[link.outbound.host().number()][
                link.inbound.host().number()];
        final long sentNs = Math.max(timetable.nowNs(), clearNs);
        if (dice.chancePpm(weather.reorderPpm())) {
            faults.count(FaultKind.REORDERING);
            return sentNs + weather.latencyNs(dice) + weather.delayedNs(dice) / 10;
        }
        final boolean delayed = dice.chancePpm(weather.delayPpm());
        if (delayed) {
            faults.count(FaultKind.DELAY);
        }
        final long wayNs = delayed ? weather.delayedNs(dice) : weather.latencyNs(dice);
        link.lastArrivalNs = Math.max(link.lastArrivalNs, sentNs + wayNs);
        return link.lastArrivalNs;
    }

    boolean isFull(final Link link) {
        return link.load >= weathers[link.way.ordinal()].capacity();
    }

    boolean dropsWhenFull(final Way way) {
        return weathers[way.ordinal()].dropsWhenFull();
    }

    void dropped() {
        faults.count(FaultKind.LOSS);
    }

    void arrived(final Link link, final Parcel parcel) {
        faults.delivered(link, parcel);
    }

    void taken(final Link link, final Parcel parcel) {
        faults.taken(link, parcel);
    }

    void offered(final Host host, final Way way, final DirectBuffer buffer, final int offset, final int length) {
        faults.offered(host, way, buffer, offset, length);
    }

    void recycle(final Parcel parcel) {
        if (spare.size() < SPARE_PARCELS) {
            spare.push(parcel);
        }
    }

    /** Hears what the network does. */
    interface Ledger {
        void count(FaultKind kind);

        /** A message has arrived and waits. */
        void delivered(Link link, Parcel parcel);

        /** The subscriber has taken it. */
        void taken(Link link, Parcel parcel);

        /** A host has offered a message, and it was accepted. */
        void offered(Host host, Way way, DirectBuffer buffer, int offset, int length);
    }
}
