package org.isochron.ops.load;

import java.util.ArrayList;
import java.util.List;
import org.isochron.codecs.TradingState;
import org.isochron.ops.client.ClientSession;
import org.isochron.ops.client.Contract;
import org.isochron.ops.definition.VenueDefinitions.Trader;
import org.isochron.ops.traffic.MarketWatch;
import org.isochron.sequencer.client.MmpLimits;

/**
 * Everybody who trades, and whose turn it is. Of ten turns one is a taker's, one a mass quoter's, one a mixed trader's and
 * one a leveraged trader's, where there are any; all others, and those that nobody of these can use, are the quoters'.
 */
final class TradingFloor {
    /** Turns after which the same kind of trader is asked again. */
    static final int ROUND = 10;

    private static final int TAKER_TURN = 0;
    private static final int MASS_QUOTER_TURN = 3;
    private static final int MIXED_TURN = 6;
    private static final int LEVERAGED_TURN = 8;
    /** What leveraged traders want to hold, in multiples of their deposits: from the least up, one more each. */
    private static final long LEAST_LEVERAGE = 8;

    private static final int LEVERAGES = 10;

    /** Reached now and then, when prices run through the quotes. */
    private static final MmpLimits PROTECTION =
            MmpLimits.within(500, 0).fills(150).delta(1_500);

    private static final long DEAD_MAN_MS = 5_000;
    private static final long RENEWAL_NS = 1_000_000_000L;

    private final MarketWatch market;
    private final List<Contract> contracts;
    /** Instruments that mass quoters quote. */
    private final List<Contract> quotedTogether;

    private final long quantaPerLot;

    private final List<Quoter> quoters = new ArrayList<>();
    private final List<Taker> takers = new ArrayList<>();
    private final List<Taker> leveraged = new ArrayList<>();
    private final List<MixedTrader> mixed = new ArrayList<>();
    private final List<MassQuoter> massQuoters = new ArrayList<>();
    private final List<ClientSession> protectedSessions = new ArrayList<>();
    private final List<ClientSession> guardedSessions = new ArrayList<>();
    private int nextQuoter;
    private int nextTaker;
    private int nextLeveraged;
    private int nextMixed;
    private int nextMassQuoter;
    private long renewalNs;

    /**
     * @param quotedTogether instruments of one settlement asset: market maker protection sums up in one.
     * @param quantaPerLot   what a lot of the first instrument is worth where prices begin.
     */
    TradingFloor(
            final MarketWatch market,
            final List<Contract> contracts,
            final List<Contract> quotedTogether,
            final long quantaPerLot) {
        this.quantaPerLot = quantaPerLot;
        this.market = market;
        this.contracts = contracts;
        this.quotedTogether = quotedTogether;
    }

    /** Lets a trader trade over that session, in every instrument. */
    void add(final ClientSession session, final Trader trader, final long seed) {
        final long ownSeed = seed + 1_000L * trader.sessionId();
        switch (trader.style()) {
            case MASS_QUOTER -> {
                final MassQuoter quoter = new MassQuoter(session.quotes(false), quotedTogether, ownSeed);
                session.listen(quoter);
                massQuoters.add(quoter);
                protectedSessions.add(session);
            }
            case MIXED -> {
                contracts.forEach(contract -> addMixed(session, contract, ownSeed + contract.instrumentId()));
                guardedSessions.add(session);
            }
            case QUOTER ->
                contracts.forEach(contract -> addQuoter(session, contract, ownSeed + contract.instrumentId()));
            case LEVERAGED -> addLeveraged(session, trader, ownSeed);
            case TAKER -> contracts.forEach(contract -> addTaker(session, contract, ownSeed + contract.instrumentId()));
        }
    }

    private void addQuoter(final ClientSession session, final Contract contract, final long seed) {
        final Quoter quoter = new Quoter(session.orders(contract.instrumentId()), contract, seed);
        session.listen(contract.instrumentId(), quoter);
        quoters.add(quoter);
    }

    private void addTaker(final ClientSession session, final Contract contract, final long seed) {
        final Taker taker = new Taker(session.orders(contract.instrumentId()), contract, seed);
        session.listen(contract.instrumentId(), taker);
        takers.add(taker);
    }

    /** Long in the first instrument, three of four; the fourth is short in it. */
    private void addLeveraged(final ClientSession session, final Trader trader, final long seed) {
        final Contract contract = contracts.get(0);
        final long leverage = LEAST_LEVERAGE + trader.sessionId() % LEVERAGES;
        final long lots = trader.dollars() * leverage / quantaPerLot;
        final Taker taker = new Taker(
                session.orders(contract.instrumentId()), contract, seed, trader.sessionId() % 4 == 0 ? -lots : lots);
        session.listen(contract.instrumentId(), taker);
        leveraged.add(taker);
    }

    private void addMixed(final ClientSession session, final Contract contract, final long seed) {
        final MixedTrader trader = new MixedTrader(session.orders(contract.instrumentId()), contract, seed);
        session.listen(contract.instrumentId(), trader);
        mixed.add(trader);
    }

    /** Sets up what protects the traders, before they trade; false when the way is blocked, to be called again. */
    boolean protect() {
        while (!protectedSessions.isEmpty()) {
            if (!protectedSessions.get(0).protect(PROTECTION)) {
                return false;
            }
            protectedSessions.remove(0);
        }
        return true;
    }

    /** Renews the dead-man timers when that is due; one that cannot be now is renewed with the others next time. */
    int renewTimers(final long nowNs) {
        if (nowNs - renewalNs < 0 && renewalNs != 0) {
            return 0;
        }
        renewalNs = nowNs + RENEWAL_NS;
        int sent = 0;
        for (final ClientSession session : guardedSessions) {
            sent += session.renewDeadMan(DEAD_MAN_MS) ? 1 : 0;
        }
        return sent;
    }

    /** Lets the trader whose turn it is act, or the next one that can; false when nobody can. */
    boolean act(final long turn, final long intendedNs) {
        final boolean hasActed = switch ((int) (turn % ROUND)) {
            case TAKER_TURN -> take(intendedNs);
            case MASS_QUOTER_TURN -> quoteAll(intendedNs);
            case MIXED_TURN -> mix(intendedNs);
            case LEVERAGED_TURN -> leverUp(intendedNs);
            default -> false;
        };
        return hasActed || quote(intendedNs);
    }

    private boolean take(final long intendedNs) {
        for (int i = 0; i < takers.size(); i++) {
            final int index = nextTaker;
            nextTaker = (nextTaker + 1) % takers.size();
            if (isContinuous(contractOf(index)) && takers.get(index).act(intendedNs, indexOf(contractOf(index)))) {
                return true;
            }
        }
        return false;
    }

    private boolean leverUp(final long intendedNs) {
        final Contract contract = contracts.get(0);
        for (int i = 0; i < leveraged.size() && isContinuous(contract); i++) {
            final int index = nextLeveraged;
            nextLeveraged = (nextLeveraged + 1) % leveraged.size();
            if (leveraged.get(index).act(intendedNs, indexOf(contract))) {
                return true;
            }
        }
        return false;
    }

    private boolean mix(final long intendedNs) {
        for (int i = 0; i < mixed.size(); i++) {
            final int index = nextMixed;
            nextMixed = (nextMixed + 1) % mixed.size();
            final Contract contract = contractOf(index);
            if (mixed.get(index).act(intendedNs, indexOf(contract), stateOf(contract))) {
                return true;
            }
        }
        return false;
    }

    private boolean quoteAll(final long intendedNs) {
        if (massQuoters.isEmpty()) {
            return false;
        }
        final MassQuoter quoter = massQuoters.get(nextMassQuoter);
        nextMassQuoter = (nextMassQuoter + 1) % massQuoters.size();
        for (int i = 0; i < quotedTogether.size(); i++) {
            final Contract contract = quotedTogether.get(quoter.nextContract());
            if (takesOrders(contract)) {
                return quoter.act(intendedNs, indexOf(contract));
            }
            quoter.skip();
        }
        return false;
    }

    private boolean quote(final long intendedNs) {
        for (int i = 0; i < quoters.size(); i++) {
            final int index = nextQuoter;
            nextQuoter = (nextQuoter + 1) % quoters.size();
            if (takesOrders(contractOf(index)) && quoters.get(index).act(intendedNs, indexOf(contractOf(index)))) {
                return true;
            }
        }
        return false;
    }

    /** Traders are kept instrument by instrument within each session. */
    private Contract contractOf(final int trader) {
        return contracts.get(trader % contracts.size());
    }

    private long indexOf(final Contract contract) {
        return market.indexE9(contract.instrumentId());
    }

    private TradingState stateOf(final Contract contract) {
        return market.state(contract.instrumentId());
    }

    private boolean isContinuous(final Contract contract) {
        final TradingState state = stateOf(contract);
        return state == TradingState.OPEN || state == TradingState.LIMIT;
    }

    private boolean takesOrders(final Contract contract) {
        return isContinuous(contract) || stateOf(contract) == TradingState.AUCTION;
    }

    /** Requests, and orders of a swept side, that the traders wait for. */
    int inFlight() {
        return quoters.stream().mapToInt(Quoter::inFlight).sum()
                + takers.stream().mapToInt(Taker::inFlight).sum()
                + leveraged.stream().mapToInt(Taker::inFlight).sum()
                + mixed.stream().mapToInt(MixedTrader::inFlight).sum()
                + massQuoters.stream().mapToInt(MassQuoter::inFlight).sum();
    }
}
