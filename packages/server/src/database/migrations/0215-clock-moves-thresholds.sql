-- A clock that is put forward changes how fast a stock has sold by it, and so what counts as low.
CREATE FUNCTION look_after_clock_move() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE stock_watches SET due_at = least(due_at, NEW.at) WHERE distributor_id = NEW.distributor_id;
  RETURN NULL;
END $$;
CREATE TRIGGER look_after_clock_move AFTER INSERT ON clock_moves FOR EACH ROW EXECUTE FUNCTION look_after_clock_move();
