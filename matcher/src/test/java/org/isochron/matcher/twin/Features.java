package org.isochron.matcher.twin;

final class Features {
    static final boolean ORDERS = Boolean.getBoolean("orders");
    static final boolean QUOTES = Boolean.getBoolean("quotes");
    static final boolean GUARDS = Boolean.getBoolean("guards");
    static final boolean MARKET = Boolean.getBoolean("market");
    static final boolean BAND = Boolean.getBoolean("band");
    static final boolean AUCTION = Boolean.getBoolean("auction");
    static final boolean HASH = Boolean.getBoolean("hash");
    static final boolean DELAY = Boolean.getBoolean("delay");
    static final boolean FILLRULE = Boolean.getBoolean("fillrule");
}
