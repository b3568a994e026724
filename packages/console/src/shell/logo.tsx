import icon from '../icon.svg';

const NAME = 'OpenTopup';

export const Logo = () => (
  <span className="logo">
    <img src={icon} alt="" width="28" height="28" />
    {NAME}
  </span>
);
