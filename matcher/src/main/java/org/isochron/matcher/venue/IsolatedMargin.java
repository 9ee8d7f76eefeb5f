package org.isochron.matcher.venue;

import org.isochron.codecs.BalanceReason;
import org.isochron.codecs.InsuranceReason;
import org.isochron.risk.ledger.Ledger;
import org.isochron.risk.ledger.Positions;
import org.isochron.risk.liquidation.FundLimits;
import org.isochron.risk.margin.Gate;
import org.isochron.risk.state.Capacities;
import org.isochron.risk.state.StateOwner;
import org.isochron.risk.state.StateTable;
import org.isochron.risk.state.StateVisitor;

/**
 * The cash between cross margin and the buckets of isolated positions (rulebook 7). An order that enters brings what it
 * makes its bucket need more; what orders cease to need goes back before the command ends, never more than the bucket can
 * spare; and of a position without lots and orders all goes back. When that is less than nothing INSURANCE pays, as far as it can: losses
 * stop at the bucket. Fills move nothing.
 *
 * <p>What has moved is told once per position and command, at its end. Part of the noun BOOKS.
 */
final class IsolatedMargin implements StateOwner {
    /** BalanceChanged and the fund's movement for a deficit, and IsolatedMoved. */
    private static final int EVENTS_PER_POSITION = 3;

    private final Ledger ledger;
    private final Positions positions;
    private final Gate gate;
    private final EventWriter events;
    private final Reports reports;
    private final FundLimits limits;
    private final OpenBooks openBooks;
    private final PositionRing waiting;
    /** By position: net amount moved in and not told yet. */
    private final StateTable untold;

    IsolatedMargin(
            final Capacities capacities,
            final Ledger ledger,
            final Gate gate,
            final EventWriter events,
            final Reports reports,
            final FundLimits limits,
            final OpenBooks openBooks) {
        this.limits = limits;
        this.openBooks = openBooks;
        this.ledger = ledger;
        this.gate = gate;
        this.events = events;
        this.reports = reports;
        positions = ledger.positions();
        waiting = new PositionRing("isolated", capacities.positions());
        untold = new StateTable("isolatedUntold", capacities.positions(), 1);
    }

    void resize(final Capacities capacities) {
        waiting.resize(capacities.positions());
        untold.resize(capacities.positions());
    }

    boolean isIsolated(final int position) {
        return ledger.isIsolated(ledger.bucketOf(position));
    }

    /** What the bucket holds for the position and its orders, to be handed to {@link #claimed} after a change of them; 0 in cross margin. */
    long claim(final int position) {
        return isIsolated(position) ? gate.claim(position) : 0;
    }

    /** Orders have begun or ceased to need margin other than by a fill. */
    void claimed(final int position, final long before) {
        if (isIsolated(position)) {
            positions.freed(position, positions.freed(position) + before - gate.claim(position));
            waiting.add(position);
        }
    }

    /** Moves what an order about to enter brings along, as the gate has found it. */
    void draw(final int position, final long amount) {
        if (amount > 0) {
            move(position, amount);
            positions.freed(position, positions.freed(position) + amount);
            waiting.add(position);
        }
    }

    /** The position may have become idle. */
    void look(final int position) {
        if (isIsolated(position) && positions.isIdle(position)) {
            waiting.add(position);
        }
    }

    private void move(final int position, final long amount) {
        ledger.transfer(ledger.crossOf(position), ledger.bucketOf(position), amount);
        untold.add(position, 0, amount);
    }

    /** Gives back what can be spared and tells what has moved, as far as the batch has room; the rest waits for the next command. */
    void settle() {
        for (int position = waiting.head(); position != PositionRing.NONE; position = waiting.head()) {
            if (!events.hasRoomFor(EVENTS_PER_POSITION)) {
                return;
            }
            settle(position);
            waiting.pop();
        }
    }

    private void settle(final int position) {
        final int bucket = ledger.bucketOf(position);
        final long freed = positions.freed(position);
        positions.freed(position, 0);
        if (positions.isIdle(position)) {
            giveAllBack(position, bucket);
        } else if (freed > 0 && !ledger.isInLiquidation(bucket)) {
            move(position, -Math.min(freed, gate.releasable(position)));
        }
        final long moved = untold.get(position, 0);
        if (moved != 0) {
            untold.set(position, 0, 0);
            reports.isolatedMoved(position, moved);
        }
    }

    private void giveAllBack(final int position, final int bucket) {
        final long cash = ledger.cash(bucket);
        if (cash < 0) {
            payDeficit(bucket, -cash);
        } else {
            move(position, -cash);
        }
    }

    /** What the fund cannot pay stays until the bucket is liquidated. */
    private void payDeficit(final int bucket, final long deficit) {
        final int asset = ledger.bucketAsset(bucket);
        final long paid = Math.min(deficit, limits.payable(asset));
        if (paid > 0) {
            ledger.transfer(ledger.crossBucket(Ledger.INSURANCE, asset), bucket, paid);
            reports.balanceChanged(bucket, paid, BalanceReason.DEFICIT);
            openBooks.fundMoved(asset, ledger.bucketInstrument(bucket), InsuranceReason.DEFICIT);
        }
    }

    @Override
    public void visit(final StateVisitor visitor) {
        waiting.visit(visitor);
        visitor.part(untold);
    }
}
