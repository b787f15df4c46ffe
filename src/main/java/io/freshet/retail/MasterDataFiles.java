package io.freshet.retail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.freshet.table.TableFormat;

/**
 * Reads master data from a folder with four tables: {@code centres} (centre_id, name), {@code stores} (store_id, name, region,
 * size, centre_id, and traffic if stores of the same size differ), {@code products} (product_id, name, department, price, cost,
 * shelf_life_days, supplier_id; the best sellers of each department first) and {@code customers} (customer_id, home_store_id,
 * segment, loyalty, app). Each is a file of that name in any {@link TableFormat}, such as {@code stores.csv} or {@code
 * stores.parquet}. Regions, sizes, departments and segments are those of the parameters.
 */
public final class MasterDataFiles {

    private static final int MAX_COMPLAINTS = 10;

    private final Path folder;
    private final Parameters parameters;
    private final List<String> complaints = new ArrayList<>();
    private int complained;
    private final Map<Integer, Integer> centreAt = new HashMap<>();
    private final Map<Integer, Integer> storeAt = new HashMap<>();

    private MasterDataFiles(Path folder, Parameters parameters) {
        this.folder = folder;
        this.parameters = parameters;
    }

    /**
     * Reads the files.
     *
     * @throws RetailException if a file is missing or invalid; the message names at most ten rows
     * @throws UncheckedIOException if a file cannot be read
     */
    public static MasterData read(Path folder, Parameters parameters) {
        return new MasterDataFiles(folder, parameters).read();
    }

    private MasterData read() {
        List<Centre> centres = new ArrayList<>();
        rows("centres", List.of("centre_id", "name"), row -> {
            int number = id(row, "centre_id", centreAt);
            centres.add(new Centre(centres.size(), number, row.text("name"), 1));
        });
        List<Store> stores = stores();
        List<Product> products = products();
        List<LoadedCustomers.Loaded> customers = customers();
        if (centres.isEmpty() || stores.isEmpty()) {
            complain("there must be at least one centre and one store");
        }
        if (complained > 0) {
            throw new RetailException(String.join("; ", complaints)
                    + (complained > complaints.size() ? "; and " + (complained - complaints.size()) + " more" : ""));
        }
        int[] served = new int[centres.size()];
        stores.forEach(store -> served[store.centre()]++);
        int stops = parameters.logistics().stops();
        centres.replaceAll(centre -> new Centre(centre.index(), centre.number(), centre.name(),
                (served[centre.index()] + stops - 1) / stops));
        return new MasterData(stores, products, centres, new LoadedCustomers(customers, stores.size()));
    }

    private List<Store> stores() {
        List<String> regions = parameters.regions().stream().map(Parameters.Region::name).toList();
        List<String> sizes = parameters.sizes().stream().map(Parameters.StoreSize::name).toList();
        Map<Integer, Integer> served = new HashMap<>();
        int stops = parameters.logistics().stops();
        List<Store> stores = new ArrayList<>();
        rows("stores", List.of("store_id", "name", "region", "size", "centre_id"),
                row -> {
                    int number = id(row, "store_id", storeAt);
                    int centre = reference(row, "centre_id", centreAt, "centre");
                    int rank = served.merge(centre, 1, Integer::sum) - 1;
                    stores.add(new Store(stores.size(), number, row.text("name"), row.choice("region", regions),
                            row.choice("size", sizes), row.number("traffic", 0.01, 100, 1), centre, rank / stops + 1,
                            rank % stops, Store.key(number)));
                });
        return stores;
    }

    private List<Product> products() {
        List<String> departments = parameters.departments().stream().map(Parameters.Department::name).toList();
        Map<Integer, Integer> numbers = new HashMap<>();
        int[] ranks = new int[departments.size()];
        List<Product> products = new ArrayList<>();
        rows("products", List.of("product_id", "name", "department", "price"), row -> {
            int department = row.choice("department", departments);
            int price = row.cents("price");
            Parameters.Department kind = parameters.departments().get(department);
            int cost = (int) Math.round(100 * row.number("cost", 0, 1e6, price * (1 - kind.margin()) / 100));
            products.add(new Product(products.size(), id(row, "product_id", numbers), row.text("name"), department,
                    ranks[department]++, price, cost, row.integer("shelf_life_days", 0, 3650, kind.shelfLifeDays()),
                    row.integer("supplier_id", 1, Integer.MAX_VALUE, 1000 * (department + 1))));
        });
        for (int d = 0; d < ranks.length; d++) {
            if (ranks[d] == 0) {
                complain("the products have none of the department " + departments.get(d));
            }
        }
        return products;
    }

    private List<LoadedCustomers.Loaded> customers() {
        List<String> segments = parameters.segments().stream().map(Parameters.Segment::name).toList();
        List<String> loyalties = Arrays.stream(Loyalty.values()).map(Loyalty::id).toList();
        Set<Integer> numbers = new HashSet<>();
        List<LoadedCustomers.Loaded> customers = new ArrayList<>();
        rows("customers", List.of("customer_id", "home_store_id", "segment", "loyalty", "app"),
                row -> {
                    int number = row.integer("customer_id", 1, Integer.MAX_VALUE);
                    if (!numbers.add(number)) {
                        row.wrong("customer_id " + number + " occurs more than once");
                    }
                    customers.add(new LoadedCustomers.Loaded(number, reference(row, "home_store_id", storeAt, "store"),
                            row.choice("segment", segments), Loyalty.values()[row.choice("loyalty", loyalties)],
                            row.choice("app", List.of("false", "true")) == 1));
                });
        return customers;
    }

    private int id(MasterDataTable.Row row, String column, Map<Integer, Integer> places) {
        int number = row.integer(column, 1, Integer.MAX_VALUE);
        if (places.putIfAbsent(number, places.size()) != null) {
            row.wrong(column + " " + number + " occurs more than once");
        }
        return number;
    }

    private int reference(MasterDataTable.Row row, String column, Map<Integer, Integer> places, String what) {
        int number = row.integer(column, 1, Integer.MAX_VALUE);
        Integer place = places.get(number);
        if (place == null) {
            row.wrong(column + " " + number + " is not a known " + what);
        }
        return place == null ? 0 : place;
    }

    private void rows(String name, List<String> columns, Consumer<MasterDataTable.Row> rows) {
        Path file = file(name);
        try {
            new MasterDataTable(file, columns, this::complain).read(rows);
        } catch (IOException e) {
            throw new UncheckedIOException(file.getFileName() + " cannot be read", e);
        }
    }

    /** Returns the only file of this name with the ending of a table. */
    private Path file(String name) {
        List<Path> found;
        try (Stream<Path> files = Files.list(folder)) {
            found = files.filter(file -> isTable(file.getFileName().toString(), name)).sorted().toList();
        } catch (NoSuchFileException | NotDirectoryException e) {
            throw new RetailException("the master data have no folder " + folder);
        } catch (IOException e) {
            throw new UncheckedIOException("the folder of the master data cannot be read", e);
        }
        if (found.isEmpty()) {
            throw new RetailException("the master data have no file " + name
                    + ".csv (nor one that ends with .parquet, .ndjson, .json or .xlsx)");
        }
        if (found.size() > 1) {
            throw new RetailException("the master data have " + found.get(0).getFileName() + " and "
                    + found.get(1).getFileName() + "; keep one of them");
        }
        return found.get(0);
    }

    private static boolean isTable(String file, String name) {
        int dot = file.indexOf('.');
        return dot > 0 && file.substring(0, dot).equals(name) && TableFormat.ofFileName(file).isPresent();
    }

    private void complain(String complaint) {
        complained++;
        if (complaints.size() < MAX_COMPLAINTS) {
            complaints.add(complaint);
        }
    }
}
