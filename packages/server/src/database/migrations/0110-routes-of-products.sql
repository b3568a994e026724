-- A change in a supplier's catalogue asks which offers a product delivers by a route.
CREATE INDEX route_products_by_product ON route_products (product_id);
