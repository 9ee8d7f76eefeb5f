package org.isochron.ops.feed;

import java.util.ArrayList;
import java.util.List;
import org.isochron.ops.client.ClientSession;
import org.isochron.ops.client.Contract;
import org.isochron.ops.client.Figures;
import org.isochron.ops.client.OrderPort;
import org.isochron.ops.definition.VenueDefinitions;
import org.isochron.ops.traffic.MarketWatch;
import org.isochron.ops.traffic.Traffic;
import org.isochron.ops.venue.VenueAccess;
import org.isochron.sequencer.edge.Transport;
import org.isochron.sequencer.edge.VenueClock;

/**
 * Plays a capture against a venue: makers for its depth, a taker for its trades, a publisher for its prices. At a given speed messages are
 * decided when their time has come, bursts included, however far behind the answers are; at full speed the next message is
 * decided once everything of the last one has left, with at most {@value #WINDOW} requests of each session on their way.
 */
public final class FeedTraffic implements Traffic {
    /** Requests of one session without an answer at full speed. */
    public static final int WINDOW = 64;

    private static final long START_TIMEOUT_NS = 20_000_000_000L;
    private static final long DRAIN_TIMEOUT_NS = 10_000_000_000L;
    private static final int MESSAGES_PER_CYCLE = 64;
    private static final int EIGHT = 8;
    private static final int ICEBERGS = 4;
    private static final int HOURLY = 5;
    private static final int FIRST_QUOTER = 6;

    private enum Phase {
        LOGGING_ON,
        PLAYING,
        DRAINING,
        DONE
    }

    private final VenueClock clock;
    private final Transport transport;
    private final Figures figures = new Figures();
    private final MarketWatch market;
    private final List<ClientSession> sessions = new ArrayList<>();
    private final DepthMakers makers;
    private final TradeTaker taker;
    private final MidPublisher publisher;
    private final LineTally tally = new LineTally();
    private final CaptureFeed feed;
    private final CaptureReader reader;
    private final FeedPace pace;
    private final long totalLines;
    private Phase phase = Phase.LOGGING_ON;
    private long phaseNs;
    private CaptureMessage next;
    private long firstReceiveNs;
    private long lines;
    private long intendedNs;

    /**
     * @param reader closed with the traffic.
     */
    public FeedTraffic(
            final VenueAccess access, final CaptureOutline outline, final CaptureReader reader, final FeedPace pace) {
        this.pace = pace;
        this.totalLines = outline.lines();
        final Contract contract = outline.contract();
        this.reader = reader;
        clock = access.clock();
        transport = access.newTransport();
        market = new MarketWatch(access, transport, List.of(contract));
        final int window = pace.isMax() ? WINDOW : Integer.MAX_VALUE;
        makers = makers(access, contract, window);
        final ClientSession takerSession = session(access, VenueDefinitions.FIRST_TAKER);
        taker = new TradeTaker(takerSession.orders(contract.instrumentId()), window);
        takerSession.listen(contract.instrumentId(), taker);
        publisher = new MidPublisher(
                session(access, VenueDefinitions.FIRST_PUBLISHER).prices(contract.instrumentId(), 0));
        feed = new CaptureFeed(contract, makers, taker, publisher, tally);
        phaseNs = clock.monotonicNs();
    }

    private DepthMakers makers(final VenueAccess access, final Contract contract, final int window) {
        final List<LevelMaker> all = new ArrayList<>();
        for (int i = 0; i < VenueDefinitions.FEED_MAKERS; i++) {
            all.add(maker(session(access, VenueDefinitions.FIRST_MAKER + i), i, contract, window));
        }
        return new DepthMakers(all, contract.tickE9());
    }

    /** Of every eight makers four enter plain orders, one icebergs, one orders for a time, and two quote. */
    private static LevelMaker maker(
            final ClientSession session, final int index, final Contract contract, final int window) {
        final int instrumentId = contract.instrumentId();
        if (index % EIGHT >= FIRST_QUOTER) {
            final DepthQuoter quoter = new DepthQuoter(session.quotes(true), instrumentId, window);
            session.listen(quoter);
            return quoter;
        }
        final OrderPort port = session.orders(instrumentId);
        final DepthMaker maker = switch (index % EIGHT) {
            case ICEBERGS -> DepthMaker.icebergs(port, window);
            case HOURLY -> DepthMaker.hourly(port, window);
            default -> DepthMaker.plain(port, window);
        };
        session.listen(instrumentId, maker);
        return maker;
    }

    /** Accounts have the numbers of their sessions. */
    private ClientSession session(final VenueAccess access, final int sessionId) {
        final ClientSession session = new ClientSession(access, transport, sessionId, sessionId, true, figures);
        sessions.add(session);
        return session;
    }

    @Override
    public int doWork() {
        int work = market.poll();
        for (final ClientSession session : sessions) {
            work += session.poll();
        }
        final long nowNs = clock.monotonicNs();
        return work
                + switch (phase) {
                    case LOGGING_ON -> logOn(nowNs);
                    case PLAYING -> play(nowNs);
                    case DRAINING -> drain(nowNs);
                    case DONE -> 0;
                };
    }

    private int logOn(final long nowNs) {
        if (nowNs - phaseNs > START_TIMEOUT_NS) {
            throw new IllegalStateException(
                    "not every session is open after " + START_TIMEOUT_NS / 1_000_000_000L + " s");
        }
        if (!sessions.stream().allMatch(ClientSession::isEstablished)) {
            return 0;
        }
        return enter(Phase.PLAYING, nowNs);
    }

    private int play(final long nowNs) {
        int work = send(nowNs);
        for (int i = 0; i < MESSAGES_PER_CYCLE && mayDecideNext() && isNextDue(nowNs); i++) {
            feed.onMessage(++lines, next);
            next = null;
            work += 1 + send(nowNs);
        }
        if (next == null && reader.hasEnded() && feed.isSent()) {
            feed.onEnd();
            return work + enter(Phase.DRAINING, nowNs);
        }
        return work;
    }

    /** A price waits for the one before it at any speed; at full speed everything does. */
    private boolean mayDecideNext() {
        return pace.isMax() ? feed.isSent() : publisher.isSent();
    }

    private boolean isNextDue(final long nowNs) {
        if (next == null) {
            next = reader.poll();
            if (next == null) {
                return false;
            }
            // Malformed lines at the beginning have no time; the first time there is begins the play.
            if (firstReceiveNs == 0) {
                firstReceiveNs = next.receiveNs();
            }
        }
        final long dueNs = phaseNs + pace.scaledNs(next.receiveNs() - firstReceiveNs);
        // At full speed a message is meant to leave when its turn has come.
        intendedNs = pace.isMax() ? nowNs : dueNs;
        return nowNs - intendedNs >= 0;
    }

    private int send(final long nowNs) {
        final long meantNs = intendedNs == 0 ? nowNs : intendedNs;
        return publisher.send() + makers.send(meantNs) + taker.send(meantNs);
    }

    private int drain(final long nowNs) {
        final int work = send(nowNs);
        final boolean isSettled =
                sessions.stream().allMatch(session -> session.isSettled() && session.unanswered() == 0);
        if (feed.isSent() && makers.inFlight() == 0 && taker.inFlight() == 0 && isSettled) {
            return work + enter(Phase.DONE, nowNs);
        }
        if (nowNs - phaseNs > DRAIN_TIMEOUT_NS) {
            throw new IllegalStateException(
                    makers.inFlight() + taker.inFlight() + " requests are without an answer at the end of the capture");
        }
        return work;
    }

    private int enter(final Phase entered, final long nowNs) {
        phase = entered;
        phaseNs = nowNs;
        return 1;
    }

    @Override
    public boolean isDone() {
        return phase == Phase.DONE;
    }

    @Override
    public Figures figures() {
        return figures;
    }

    @Override
    public MarketWatch market() {
        return market;
    }

    @Override
    public long done() {
        return lines;
    }

    @Override
    public long total() {
        return totalLines;
    }

    /** What became of the capture; to be called when the traffic has ended. */
    public FeedReport report() {
        return new FeedReport(
                lines,
                tally.counts(),
                tally.examples(),
                feed.depthGaps(),
                feed.levelsOffGrid(),
                makers.coalesced(),
                makers.refusedLevels(),
                makers.reentered(),
                taker.untraded(),
                figures.resent());
    }

    @Override
    public void close() {
        reader.close();
        sessions.forEach(ClientSession::close);
        market.close();
        transport.close();
    }
}
