package org.isochron.ops.load;

import java.util.ArrayList;
import java.util.List;
import org.isochron.ops.client.ClientSession;
import org.isochron.ops.client.Contract;
import org.isochron.ops.client.Figures;
import org.isochron.ops.definition.VenueDefinitions;
import org.isochron.ops.definition.VenueDefinitions.Listing;
import org.isochron.ops.definition.VenueDefinitions.Trader;
import org.isochron.ops.traffic.MarketWatch;
import org.isochron.ops.traffic.Traffic;
import org.isochron.ops.venue.VenueAccess;
import org.isochron.sequencer.edge.Transport;
import org.isochron.sequencer.edge.VenueClock;

/**
 * All simulated traders and publishers, and an operator, on one thread. First everybody logs on, the publishers name a price
 * for each instrument and the mass quoters set up their protection; when every index is there, trading goes on by the
 * schedule; at its end what is on its way is awaited.
 */
public final class SimulatedMarket implements Traffic {
    private static final long START_TIMEOUT_NS = 60_000_000_000L;
    private static final long MS = 1_000_000L;
    private static final long DRAIN_TIMEOUT_NS = 30_000_000_000L;
    /** Requests sent in one duty cycle at most, so that answers are read while catching up. */
    private static final int SENDS_PER_CYCLE = 32;

    private enum Phase {
        LOGGING_ON,
        PREPARING,
        TRADING,
        DRAINING,
        DONE
    }

    private final VenueClock clock;
    private final Transport transport;
    private final Figures figures = new Figures();
    private final MarketWatch market;
    private final List<ClientSession> sessions = new ArrayList<>();
    private final List<Contract> contracts;
    private final TradingFloor floor;
    private final PriceSources prices;
    private final CrashPath crash;
    private final AuctionDrill drill;
    private final Schedule orders;
    private final long durationNs;
    private volatile boolean isFinishing;
    private Phase phase = Phase.LOGGING_ON;
    private long phaseNs;

    public SimulatedMarket(final VenueAccess access, final VenueDefinitions definitions, final LoadProfile profile) {
        clock = access.clock();
        transport = access.newTransport();
        contracts = definitions.listings().stream().map(Listing::contract).toList();
        market = new MarketWatch(access, transport, contracts);
        floor = new TradingFloor(
                market,
                contracts,
                definitions.listings().stream()
                        .filter(listing -> listing.kind().settleAssetId() == VenueDefinitions.USD)
                        .map(Listing::contract)
                        .toList(),
                definitions.listings().get(0).quantaPerLot());
        for (final Trader trader : definitions.traders()) {
            floor.add(session(access, trader.sessionId(), trader.accountId()), trader, profile.seed());
        }
        prices = new PriceSources(definitions.listings(), profile.seed());
        for (int source = 0; source < VenueDefinitions.SOURCES; source++) {
            addSource(access, source);
        }
        durationNs = profile.durationNs();
        crash = new CrashPath(definitions.insurance() == 0 ? 0 : durationNs);
        orders = new Schedule(profile.requestsPerSecond(), durationNs, profile.rampNs());
        drill = new AuctionDrill(
                session(access, VenueDefinitions.OPERATOR, 0),
                contracts.get(contracts.size() - 1).instrumentId(),
                durationNs);
        phaseNs = clock.monotonicNs();
    }

    private void addSource(final VenueAccess access, final int source) {
        final ClientSession session = session(access, VenueDefinitions.FIRST_PUBLISHER + source, 0);
        prices.add(contracts.stream()
                .map(contract -> session.prices(contract.instrumentId(), source))
                .toList());
    }

    private ClientSession session(final VenueAccess access, final int sessionId, final int accountId) {
        final ClientSession session = new ClientSession(access, transport, sessionId, accountId, false, figures);
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
                    case PREPARING -> prepare(nowNs);
                    case TRADING -> trade(nowNs);
                    case DRAINING -> drain(nowNs);
                    case DONE -> 0;
                };
    }

    private int logOn(final long nowNs) {
        failWhenLate(nowNs, "not every session is open");
        if (!sessions.stream().allMatch(ClientSession::isEstablished)) {
            return 0;
        }
        prices.start(nowNs);
        return enter(Phase.PREPARING, nowNs);
    }

    private int prepare(final long nowNs) {
        failWhenLate(nowNs, "not every instrument has an index, or not everybody is protected");
        final int sent = prices.publish(nowNs);
        if (!floor.protect() || unanswered() > 0) {
            return sent;
        }
        for (final Contract contract : contracts) {
            if (market.indexE9(contract.instrumentId()) == 0) {
                return sent;
            }
        }
        orders.start(nowNs);
        prices.follow(crash, nowNs);
        figures.warmFrom(nowNs + durationNs / 2);
        return enter(Phase.TRADING, nowNs);
    }

    private int trade(final long nowNs) {
        int work = prices.publish(nowNs) + floor.renewTimers(nowNs) + drill.step(nowNs - phaseNs, orders);
        for (int i = 0; i < SENDS_PER_CYCLE && orders.isDue(nowNs); i++) {
            if (!floor.act(orders.taken(), orders.intendedNs())) {
                break;
            }
            orders.take();
            work++;
        }
        final boolean isOver = isFinishing || orders.isOver() && drill.isOver();
        return isOver ? work + enter(Phase.DRAINING, nowNs) : work;
    }

    /** Ends trading before its time; what is on its way is still awaited. Any thread. */
    public void finish() {
        isFinishing = true;
    }

    private int drain(final long nowNs) {
        if (floor.inFlight() == 0 && unanswered() == 0) {
            return enter(Phase.DONE, nowNs);
        }
        if (nowNs - phaseNs > DRAIN_TIMEOUT_NS) {
            throw new IllegalStateException(
                    unanswered() + " requests are without an answer, traders wait for " + floor.inFlight());
        }
        return 0;
    }

    private int unanswered() {
        return sessions.stream().mapToInt(ClientSession::unanswered).sum();
    }

    private int enter(final Phase next, final long nowNs) {
        phase = next;
        phaseNs = nowNs;
        return 1;
    }

    private void failWhenLate(final long nowNs, final String what) {
        if (nowNs - phaseNs > START_TIMEOUT_NS) {
            throw new IllegalStateException(what + " after " + START_TIMEOUT_NS / 1_000_000_000L + " s");
        }
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
        return orders.offsetNs() / MS;
    }

    @Override
    public long total() {
        return orders.durationNs() / MS;
    }

    @Override
    public void close() {
        sessions.forEach(ClientSession::close);
        market.close();
        transport.close();
    }
}
