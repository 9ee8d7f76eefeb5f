package org.isochron.risk.ledger;

import org.isochron.risk.state.PairIndex;
import org.isochron.risk.state.StateOwner;
import org.isochron.risk.state.StateTable;
import org.isochron.risk.state.StateVisitor;

/** Settlement assets. Part of the ledger. */
public final class Assets implements StateOwner {
    private static final int ID = 0;
    private static final int SYMBOL_HEAD = 1;
    private static final int SYMBOL_TAIL = 2;
    private static final int SCALE = 3;
    private static final int NET_DEPOSITS = 4;
    private static final int FIELDS = 5;

    private final StateTable table;
    private final PairIndex byId;
    private final PairIndex bySymbol;

    Assets(final int capacity) {
        table = new StateTable("assets", capacity, FIELDS);
        // An id is a pair with itself.
        byId = new PairIndex(table, ID, ID);
        bySymbol = new PairIndex(table, SYMBOL_HEAD, SYMBOL_TAIL);
    }

    /** Slot of the asset, or -1. */
    public int find(final long id) {
        return byId.find(id, id);
    }

    /** Slot of the asset with that symbol, its 16 bytes as two little-endian longs, or -1. */
    public int findSymbol(final long head, final long tail) {
        return bySymbol.find(head, tail);
    }

    public int count() {
        return byId.size();
    }

    public boolean isFull() {
        return count() == table.rows();
    }

    /** Defines an asset; the caller has checked that id and symbol are free and that there is room. */
    public void define(final long id, final long symbolHead, final long symbolTail, final int scale) {
        final int slot = count();
        table.set(slot, ID, id);
        table.set(slot, SYMBOL_HEAD, symbolHead);
        table.set(slot, SYMBOL_TAIL, symbolTail);
        table.set(slot, SCALE, scale);
        byId.insert(slot);
        bySymbol.insert(slot);
    }

    public long id(final int slot) {
        return table.get(slot, ID);
    }

    public long symbolHead(final int slot) {
        return table.get(slot, SYMBOL_HEAD);
    }

    public long symbolTail(final int slot) {
        return table.get(slot, SYMBOL_TAIL);
    }

    /** Decimals of one quantum. */
    public int scale(final int slot) {
        return table.getInt(slot, SCALE);
    }

    /** Deposits less withdrawals, quanta. */
    public long netDeposits(final int slot) {
        return table.get(slot, NET_DEPOSITS);
    }

    void addNetDeposits(final int slot, final long amount) {
        table.add(slot, NET_DEPOSITS, amount);
    }

    @Override
    public void visit(final StateVisitor visitor) {
        visitor.part(table);
        visitor.part(byId);
        visitor.part(bySymbol);
    }

    void resize(final int capacity) {
        table.resize(capacity);
        byId.resize();
        bySymbol.resize();
    }
}
